package dev.ragline.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThoughtsTest {
  /** The text of pieces that end at each of the places. */
  private static String text(String said, int... places) {
    Thoughts thoughts = new Thoughts();
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int place : places) {
      text.append(thoughts.next(said.substring(from, place)));
      from = place;
    }
    return text.append(thoughts.next(said.substring(from))).append(thoughts.end()).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<think>Well, </thin or <b>.</think>~~In Oulu.|In Oulu.",
        "~ <think></think>In Oulu.|In Oulu.",
        "<think>a</think>~<thinking>b</thinking> In Oulu.|In Oulu.",
        "[THINK]a[/THINK]In Oulu.|In Oulu.",
        "<b>In</b> Oulu <think>is</think> it.|<b>In</b> Oulu <think>is</think> it.",
        "<thin ice|<thin ice",
        "<seed:think>a</seed:think>In Oulu.|In Oulu.",
        "<reasoning>a</reasoning>~In Oulu.|In Oulu.",
        "◁think▷a◁/think▷In Oulu.|In Oulu.",
        "[1] says <think>.|[1] says <think>.",
        "<think>never ends|''",
      })
  void next_textCutAnywhere_losesItsThoughtsOnly(String said, String expected) {
    String whole = said.replace('~', '\n');
    for (int first = 0; first <= whole.length(); first++) {
      for (int second = first; second <= whole.length(); second++) {
        assertThat(text(whole, first, second)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant"
            + "<|channel|>final<|message|>In Oulu.",
        "<|start|>assistant<|channel|>final<|message|>In Oulu.",
      })
  void next_channels_givesTheFinalOne(String said) {
    for (int cut = 0; cut <= said.length(); cut++) {
      assertThat(text(said, cut)).isEqualTo("In Oulu.");
    }
  }

  @ParameterizedTest
  @CsvSource({"Hm. </think> In Oulu.,In Oulu.", "<think>Hm.</think>In Oulu.,In Oulu.", "In.,In."})
  void next_unopenedThoughts_areLostWithTheirEndAlone(String said, String expected) {
    for (int cut = 0; cut <= said.length(); cut++) {
      Thoughts thoughts = new Thoughts(true);
      String text = thoughts.next(said.substring(0, cut)) + thoughts.next(said.substring(cut));
      assertThat(text + thoughts.end()).isEqualTo(expected);
    }
  }

  @Test
  void next_whiteSpaceBeforeText_isTheTexts() {
    assertThat(text(" \n In Oulu.", 1)).isEqualTo(" \n In Oulu.");
  }

  @Test
  void next_textBegun_isHandedOnAtOnce() {
    Thoughts thoughts = new Thoughts();
    assertThat(thoughts.next("In")).isEqualTo("In");
    assertThat(thoughts.next("<")).isEqualTo("<");
  }
}
