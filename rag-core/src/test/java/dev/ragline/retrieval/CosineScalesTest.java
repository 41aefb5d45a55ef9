package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.call.Meter;
import dev.ragline.testing.FakeEmbedder;
import org.junit.jupiter.api.Test;

class CosineScalesTest {
  private final FakeEmbedder embedder = new FakeEmbedder();

  @Test
  void of_firstQuestion_doesNotPayForTheMeasuring() {
    Meter question = new Meter();

    Call call = Call.UNLIMITED.countedBy(question);
    var _ = embedder.embedQuestion("Where is it?", call);
    CosineScale scale = new CosineScales().of(embedder, call);

    Meter alone = new Meter();
    var _ = embedder.embedQuestion("Where is it?", Call.UNLIMITED.countedBy(alone));
    assertThat(question.embedded()).isEqualTo(alone.embedded()).isPositive();
    assertThat(scale).isEqualTo(CosineScale.of(embedder, Call.UNLIMITED));
  }
}
