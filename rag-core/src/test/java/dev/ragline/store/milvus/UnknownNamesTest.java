package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnknownNamesTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final UnknownNames names = new UnknownNames();

  private boolean isKnown(String id) {
    return names.isKnown(
        call -> {
          reads.incrementAndGet();
          return Set.of("handbook");
        },
        new CorpusId(id),
        Call.UNLIMITED);
  }

  @Test
  void isKnown_thousandsOfNames_readTheRegistryHardlyEver() {
    assertThat(isKnown("handbook")).isTrue();
    for (int i = 0; i < 5000; i++) {
      assertThat(isKnown("name" + i)).isFalse();
    }
    assertThat(reads.get()).isLessThan(50);
  }
}
