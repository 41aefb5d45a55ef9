package dev.ragline.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaterThoughtsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "In Oulu.~<think>Hm.~Well.</think>~Yes.|In Oulu.~~Yes.",
        "In~ ◁think▷a◁/think▷Oulu.|In~ Oulu.",
        "In <think>is</think> it.|In <think>is</think> it.",
        "As:~```~<think>~</think>~```~so.|As:~```~<think>~</think>~```~so.",
        "In~<think>never ends|In~<think>never ends",
        "In~<thin ice>~`a`~[1]|In~<thin ice>~`a`~[1]",
        "</think>~In Oulu.|~In Oulu.",
        "In~<|In~<",
      })
  void next_textCutAnywhere_losesItsThoughtsOnly(String said, String expected) {
    String whole = said.replace('~', '\n');
    for (int cut = 0; cut <= whole.length(); cut++) {
      LaterThoughts thoughts = new LaterThoughts();
      String text = thoughts.next(whole.substring(0, cut)) + thoughts.next(whole.substring(cut));
      assertThat(text + thoughts.end()).isEqualTo(expected.replace('~', '\n'));
      assertThat(thoughts.leaked()).isFalse();
    }
  }

  @Test
  void next_endOfThoughtsThatNeverBegan_hasLeaked() {
    LaterThoughts thoughts = new LaterThoughts();

    assertThat(thoughts.next("Hm, well.\n</think>\nIn Oulu.")).isEqualTo("Hm, well.\n");
    assertThat(thoughts.leaked()).isTrue();
  }
}
