package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowBatchesTest {
  private static JsonObject row(int number, int components, int chars) {
    JsonObject row = new JsonObject();
    row.addProperty("id", number);
    row.addProperty("text", "x".repeat(chars));
    JsonArray vector = new JsonArray();
    IntStream.range(0, components).forEach(_ -> vector.add(0.5f));
    row.add("vector", vector);
    return row;
  }

  private static List<List<JsonObject>> batches(List<JsonObject> rows) {
    return ImmutableList.copyOf(new RowBatches(rows.iterator()));
  }

  @Test
  void next_rowsOfAnySize_areAllThereInOrder() {
    List<JsonObject> rows =
        IntStream.range(0, 300).mapToObj(n -> row(n, n % 7, n % 50 == 0 ? 2 << 20 : n)).toList();
    assertThat(batches(rows).stream().flatMap(List::stream).toList()).isEqualTo(rows);
    assertThat(batches(List.of())).isEmpty();
  }

  @Test
  void next_wideVectors_areWeighedAsTheyAreInMemory() {
    List<JsonObject> rows = IntStream.range(0, 150).mapToObj(n -> row(n, 4096, 10)).toList();
    // In a request they are 2.5 MiB, in memory ten times as much.
    assertThat(batches(rows)).hasSizeGreaterThan(1);
  }

  @Test
  void next_longTexts_areWeighedAsTheyAreSent() {
    List<JsonObject> rows = IntStream.range(0, 30).mapToObj(n -> row(n, 2, 60_000)).toList();
    for (List<JsonObject> batch : batches(rows)) {
      assertThat(batch).hasSizeLessThanOrEqualTo(RowBatches.MAX_BYTES / (3 * 60_000));
    }
  }

  @Test
  void next_firstBatch_asksForNoMoreRowsThanItNeeds() {
    AtomicInteger made = new AtomicInteger();
    RowBatches batches =
        new RowBatches(
            IntStream.range(0, 5000)
                .peek(_ -> made.incrementAndGet())
                .mapToObj(n -> row(n, 2, 3))
                .iterator());
    assertThat(batches.next()).hasSize(RowBatches.MAX_ROWS);
    assertThat(made.get()).isLessThanOrEqualTo(RowBatches.MAX_ROWS + 1);
  }
}
