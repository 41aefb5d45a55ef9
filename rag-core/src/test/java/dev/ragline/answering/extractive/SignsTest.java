package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignsTest {
  private final Signs.Finder finder = new Signs.Finder("When did Rossi buy 12 boats?");

  @Test
  void in_whatTheQuestionSaysItself_isNoSign() {
    assertThat(finder.in("rossi bought 12 boats from Rossi."))
        .isEqualTo(new Signs(false, false, false, 0));
  }

  @Test
  void in_newNumbersDatesAndNames_areSigns() {
    assertThat(finder.in("In 1912, Anna and Bob and Carl paid.").number()).isTrue();
    assertThat(finder.in("It was in 1912.").date()).isTrue();
    assertThat(finder.in("It was in May or in March.").date()).isTrue();
    assertThat(finder.in("It cost 1912.5 million.").digits()).isTrue();
    assertThat(finder.in("three of them")).isEqualTo(new Signs(true, false, false, 0));
    assertThat(finder.in("by Anna, Bob, Carl and Dora").names()).isEqualTo(1);
  }
}
