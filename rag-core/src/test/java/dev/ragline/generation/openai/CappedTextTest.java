package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CappedTextTest {
  private final StringBuilder taken = new StringBuilder();

  @ParameterizedTest
  @CsvSource({
    "5, abc|de, abcde, true",
    "4, abc|de, abcd, false",
    "3, äöü, ä, false",
    "4, äöü, äö, false",
    "5, 日本, 日, false",
    "4, 𝄞x, 𝄞, false",
    "3, x𝄞, x, false",
    "0, x, '', false",
  })
  void accept_pieces_endWithACodePointWithinTheLimit(
      int limit, String pieces, String expected, boolean whole) {
    CappedText text = new CappedText(limit, taken::append);
    boolean fitted = true;
    for (String piece : pieces.split("\\|", -1)) {
      fitted = text.accept(piece);
    }

    assertThat(taken).hasToString(expected);
    assertThat(fitted).isEqualTo(whole);
    assertThat(text.hasBegun()).isEqualTo(!expected.isEmpty());
  }

  @Test
  void accept_pairInTwoPieces_countsFourBytes() {
    CappedText text = new CappedText(4, taken::append);

    assertThat(text.accept("\ud834")).isTrue();
    assertThat(text.accept("\udd1e")).isTrue();
    assertThat(text.accept("x")).isFalse();
    assertThat(taken).hasToString("𝄞");
  }
}
