package dev.ragline.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.call.Meter;
import dev.ragline.testing.FakeChatModel;
import org.junit.jupiter.api.Test;

class MeteredChatModelTest {
  private static final ChatPrompt PROMPT = new ChatPrompt("Be brief.", "Where are backups kept?");

  private final ChatModel model = new MeteredChatModel(FakeChatModel.saying("In ", "Oulu."));

  @Test
  void chat_modelThatTells_isBelieved() {
    Meter outer = new Meter();
    Meter inner = outer.inner();
    var _ = model.chat(PROMPT, Call.UNLIMITED.countedBy(inner), text -> {});
    for (Meter meter : new Meter[] {outer, inner}) {
      assertThat(meter.read()).isEqualTo(FakeChatModel.USAGE.promptTokens());
      assertThat(meter.written()).isEqualTo(FakeChatModel.USAGE.completionTokens());
      assertThat(meter.billed()).isEqualTo(FakeChatModel.USAGE.total());
    }
  }

  @Test
  void chat_brokenOff_isBilledByEstimate() {
    Meter meter = new Meter();
    assertThatThrownBy(
            () ->
                model.chat(
                    PROMPT,
                    Call.UNLIMITED.countedBy(meter),
                    text -> {
                      throw new IllegalStateException("gone");
                    }))
        .hasMessage("gone");
    assertThat(meter.read()).isZero();
    assertThat(meter.billed()).isBetween(8L, 14L);
  }

  @Test
  void chat_nobodyCounts_isHandedOn() {
    assertThat(Call.UNLIMITED.meter().isCounting()).isFalse();
    assertThat(model.chat(PROMPT, Call.UNLIMITED, text -> {}).usage())
        .isEqualTo(FakeChatModel.USAGE);
  }
}
