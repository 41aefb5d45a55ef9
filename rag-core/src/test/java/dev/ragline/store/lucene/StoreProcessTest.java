package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class StoreProcessTest {
  private static final long SEED = 9;
  private static final int KILLS = 20;

  @TempDir Path folder;

  @Test
  void open_ownedByAnotherProcess_isRefusedWithItsIdUntilItEnds() throws Exception {
    LuceneStoreConfig config = new LuceneStoreConfig(folder);
    try (StoreProcess owner = StoreProcess.start(folder)) {
      assertThat(owner.line()).isEqualTo("open");
      assertThatThrownBy(() -> LuceneChunkStore.open(config, TestExecution.SHARED))
          .isInstanceOfSatisfying(
              RagException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(e.reason()).isEqualTo("STORE_LOCKED");
              })
          .hasMessageContaining("process " + owner.pid() + " ");
    }
    LuceneChunkStore.open(config, TestExecution.SHARED).close();
  }

  @Test
  void open_ownedByThisProcess_isRefusedToAnother() throws Exception {
    try (LuceneChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED)) {
      assertThatThrownBy(
              () -> LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED))
          .hasMessageContaining("this process, " + ProcessHandle.current().pid());
      try (StoreProcess other = StoreProcess.start(folder)) {
        assertThat(other.line()).isNull();
      }
      assertThat(store.isServing()).isTrue();
    }
  }

  @Test
  void kill_atAnyTime_losesNothingAcknowledgedAndShowsNothingHalf() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, String> acknowledged = new TreeMap<>();
    for (int round = 0; round < KILLS; round++) {
      String last =
          runAndKill(round, 1 + random.nextInt(25), random.nextInt(200_000), acknowledged);
      requireWhole(acknowledged, "seed %d, round %d, after %s".formatted(SEED, round, last));
    }
  }

  private String runAndKill(int round, int writes, int spins, Map<String, String> acknowledged)
      throws Exception {
    String line = "";
    try (StoreProcess writer = StoreProcess.start(folder, Integer.toString(round))) {
      assertThat(writer.line()).isEqualTo("open");
      for (int i = 0; i < writes; i++) {
        line = acknowledge(Objects.requireNonNull(writer.line()), acknowledged);
      }
      for (int i = 0; i < spins; i++) {
        Thread.onSpinWait();
      }
      writer.kill();
      // What it printed before it died counts, too.
      for (String more = writer.line(); more != null && more.endsWith("."); more = writer.line()) {
        line = acknowledge(more, acknowledged);
      }
    }
    return line;
  }

  private static String acknowledge(String line, Map<String, String> acknowledged) {
    String[] written = line.substring(0, line.length() - 1).split("=", 2);
    acknowledged.put(written[0], written[1].replace("|", "\n\n"));
    return line;
  }

  /** All that was acknowledged is there; the write that was cut off may be, whole. */
  private void requireWhole(Map<String, String> acknowledged, String when) {
    try (LuceneChunkStore store =
            LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
        CorpusSnapshot snapshot = store.snapshot(StoreProcess.CORPUS)) {
      Map<String, String> shown = new TreeMap<>();
      WholeDocuments.read(snapshot).forEach((id, content) -> shown.put(id.value(), content));
      assertThat(shown.keySet()).as(when).containsAll(acknowledged.keySet());
      long unacknowledged =
          shown.entrySet().stream()
              .filter(e -> !e.getValue().equals(acknowledged.get(e.getKey())))
              .count();
      assertThat(unacknowledged).as(when).isLessThanOrEqualTo(1);
      acknowledged.putAll(shown);
    }
  }
}
