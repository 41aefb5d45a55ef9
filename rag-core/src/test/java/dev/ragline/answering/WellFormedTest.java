package dev.ragline.answering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WellFormedTest {
  private final WellFormed wellFormed = new WellFormed();

  @Test
  void next_pairCutInTwo_waitsForThePartner() {
    assertThat(wellFormed.next("a\uD83D")).isEqualTo("a");
    assertThat(wellFormed.next("\uDE00b")).isEqualTo("😀b");
    assertThat(wellFormed.end()).isEmpty();
  }

  @Test
  void next_emptyPieceBetweenTheHalves_keepsWaiting() {
    assertThat(wellFormed.next("\uD83D")).isEmpty();
    assertThat(wellFormed.next("")).isEmpty();
    assertThat(wellFormed.next("\uDE00")).isEqualTo("😀");
  }

  @Test
  void next_loneSurrogates_becomeReplacements() {
    assertThat(wellFormed.next("\uDE00a\uD83Db\uD83D\uD83D\uDE00"))
        .isEqualTo("\uFFFDa\uFFFDb\uFFFD😀");
  }

  @Test
  void end_highSurrogateWaiting_givesReplacementOnce() {
    assertThat(wellFormed.next("a\uD83D")).isEqualTo("a");
    assertThat(wellFormed.end()).isEqualTo("\uFFFD");
    assertThat(wellFormed.end()).isEmpty();
  }
}
