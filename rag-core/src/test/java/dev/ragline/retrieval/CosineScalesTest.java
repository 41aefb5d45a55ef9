package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Deadline;
import dev.ragline.embedding.MeteredEmbedder;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.usage.Meter;
import org.junit.jupiter.api.Test;

class CosineScalesTest {
  private final MeteredEmbedder embedder = new MeteredEmbedder(new FakeEmbedder());

  @Test
  void of_firstQuestion_doesNotPayForTheMeasuring() {
    Meter question = new Meter();

    CosineScale scale =
        question.run(
            () -> {
              var _ = embedder.embedQuestion("Where is it?", Deadline.NONE);
              return new CosineScales().of(embedder, Deadline.NONE);
            });

    Meter alone = new Meter();
    var _ = alone.run(() -> embedder.embedQuestion("Where is it?", Deadline.NONE));
    assertThat(question.embedded()).isEqualTo(alone.embedded()).isPositive();
    assertThat(scale).isEqualTo(CosineScale.of(embedder, Deadline.NONE));
  }
}
