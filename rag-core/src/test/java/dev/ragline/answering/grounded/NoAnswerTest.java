package dev.ragline.answering.grounded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoAnswerTest {
  private final NoAnswer noAnswer = new NoAnswer();

  /** What goes on of a text that comes char by char. */
  private String charByChar(String text) {
    StringBuilder on = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      on.append(noAnswer.next(text.substring(i, i + 1)));
    }
    return on.append(noAnswer.end()).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO_ANSWER",
        " \n NO_ANSWER.\n",
        "**NO_ANSWER**",
        "`NO_ANSWER`",
        "\"NO_ANSWER\"",
        "NO_ANSWER: the pieces are about storage.",
        "NO_ANSWER [1]"
      })
  void next_mark_isSaidAndNothingGoesOn(String text) {
    assertThat(charByChar(text)).isEmpty();
    assertThat(noAnswer.said()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "N",
        "NO_ANSWE",
        "No answer is given before noon [1].",
        "[1] It is NO_ANSWER.",
        "The constant is NO_ANSWER.",
        "  ** bold **",
        "NOT in etcd",
        "“Nobody” said so."
      })
  void next_anythingElse_goesOnAsItIs(String text) {
    assertThat(charByChar(text)).isEqualTo(text);
    assertThat(noAnswer.said()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO", "NO_", "NO_ANSWER and more"})
  void next_oneWholePiece_isAsCharByChar(String text) {
    NoAnswer whole = new NoAnswer();
    assertThat(whole.next(text) + whole.end()).isEqualTo(charByChar(text));
    assertThat(whole.said()).isEqualTo(noAnswer.said());
  }
}
