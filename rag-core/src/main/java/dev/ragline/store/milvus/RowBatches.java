package dev.ragline.store.milvus;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ragline.document.EmbeddingModel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts rows into requests, as few as the limits allow: Milvus takes 64 MiB at most, Lite's gRPC 4
 * MiB by its own default, and a row takes many times its size in memory. A row is never cut. Rows
 * are asked for as they are needed.
 */
final class RowBatches implements Iterator<List<JsonObject>> {
  static final int MAX_ROWS = 1000;
  static final int MAX_BYTES = 3 << 20;

  /** Bytes of memory that the rows of a request may take. */
  static final int MAX_HEAP = 16 << 20;

  /** A number of JSON, its boxed value and the references to both. */
  private static final int HEAP_OF_NUMBER = 40;

  /** An entry of a map, its key's reference and the object around a value. */
  private static final int HEAP_OF_FIELD = 100;

  private final Iterator<JsonObject> rows;

  /** A row that did not fit into the last batch. */
  private @Nullable JsonObject left;

  RowBatches(Iterator<JsonObject> rows) {
    this.rows = rows;
  }

  /** What the vector of one row takes of memory. */
  static long heapOfVector(EmbeddingModel model) {
    return (long) HEAP_OF_NUMBER * model.dimension();
  }

  /**
   * What a row takes.
   *
   * @param sent at least the bytes in a request: three a character, four a component
   * @param heap about the bytes in memory
   */
  private record Size(long sent, long heap) {
    static Size of(JsonObject row) {
      long sent = 0;
      long heap = 0;
      for (Map.Entry<String, JsonElement> field : row.entrySet()) {
        JsonElement value = field.getValue();
        sent += 16 + field.getKey().length();
        heap += HEAP_OF_FIELD;
        if (value.isJsonArray()) {
          sent += 4L * value.getAsJsonArray().size();
          heap += (long) HEAP_OF_NUMBER * value.getAsJsonArray().size();
        } else if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
          sent += 3L * value.getAsString().length();
          heap += 2L * value.getAsString().length();
        } else {
          sent += 8;
          heap += HEAP_OF_NUMBER;
        }
      }
      return new Size(sent, heap);
    }
  }

  @Override
  public boolean hasNext() {
    return left != null || rows.hasNext();
  }

  @Override
  public List<JsonObject> next() {
    List<JsonObject> batch = new ArrayList<>();
    long sent = 0;
    long heap = 0;
    while (hasNext() && batch.size() < MAX_ROWS) {
      JsonObject row = left == null ? rows.next() : left;
      Size size = Size.of(row);
      sent += size.sent();
      heap += size.heap();
      left = batch.isEmpty() || (sent <= MAX_BYTES && heap <= MAX_HEAP) ? null : row;
      if (left != null) {
        break;
      }
      batch.add(row);
    }
    if (batch.isEmpty()) {
      throw new NoSuchElementException("no more rows");
    }
    return batch;
  }
}
