package dev.ragline.store.milvus;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts rows into requests: Milvus takes 64 MiB at most, Lite's gRPC 4 MiB by its own default. */
final class RowBatches {
  static final int MAX_ROWS = 1000;
  static final int MAX_BYTES = 3 << 20;

  private RowBatches() {}

  /** The rows in order, in as few requests as the limits allow; a row is never cut. */
  static List<List<JsonObject>> of(List<JsonObject> rows) {
    List<List<JsonObject>> batches = new ArrayList<>();
    List<JsonObject> batch = new ArrayList<>();
    long bytes = 0;
    for (JsonObject row : rows) {
      long size = size(row);
      if (!batch.isEmpty() && (batch.size() == MAX_ROWS || bytes + size > MAX_BYTES)) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(row);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /** At least what the row takes in a request: three bytes a character, four a component. */
  private static long size(JsonObject row) {
    long bytes = 0;
    for (Map.Entry<String, JsonElement> field : row.entrySet()) {
      JsonElement value = field.getValue();
      bytes += 16 + field.getKey().length();
      if (value.isJsonArray()) {
        bytes += 4L * value.getAsJsonArray().size();
      } else if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
        bytes += 3L * value.getAsString().length();
      } else {
        bytes += 8;
      }
    }
    return bytes;
  }
}
