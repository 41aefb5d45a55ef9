package dev.ragline.store.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that was read, by the names of its fields; INTERNAL where one is missing or another. */
record Row(Map<String, Object> fields) {
  String text(String field) {
    return value(field, String.class);
  }

  long number(String field) {
    return value(field, Number.class).longValue();
  }

  /** An array of strings, under a key of a JSON object; empty where there is no such key. */
  List<String> texts(String field, String key) {
    List<String> texts = new ArrayList<>();
    JsonArray array = value(field, JsonObject.class).getAsJsonArray(key);
    if (array != null) {
      array.forEach(e -> texts.add(e.getAsString()));
    }
    return texts;
  }

  /** That a field does not hold what it should. */
  static RagException unusable(String field, Throwable cause) {
    return new RagException(
        ErrorCode.INTERNAL, "STORE_CORRUPT", "a row in Milvus has no usable " + field, cause);
  }

  /** A string under a key of a JSON object; null without it. */
  @Nullable String text(String field, String key) {
    JsonElement text = value(field, JsonObject.class).get(key);
    return text == null ? null : text.getAsString();
  }

  float[] vector(String field) {
    List<?> components = value(field, List.class);
    float[] vector = new float[components.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = ((Number) components.get(i)).floatValue();
    }
    return vector;
  }

  private <T> T value(String field, Class<T> type) {
    Object value = fields.get(field);
    if (!type.isInstance(value)) {
      throw new RagException(
          ErrorCode.INTERNAL, "STORE_CORRUPT", "a row in Milvus has no usable " + field);
    }
    return type.cast(value);
  }
}
