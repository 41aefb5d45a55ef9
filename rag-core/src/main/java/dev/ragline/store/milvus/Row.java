package dev.ragline.store.milvus;

import com.google.gson.JsonObject;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row that was read, by the names of its fields; INTERNAL where one is missing or another. */
record Row(Map<String, Object> fields) {
  String text(String field) {
    return value(field, String.class);
  }

  long number(String field) {
    return value(field, Number.class).longValue();
  }

  /** An array of strings, under a key of a JSON object. */
  List<String> texts(String field, String key) {
    List<String> texts = new ArrayList<>();
    value(field, JsonObject.class).getAsJsonArray(key).forEach(e -> texts.add(e.getAsString()));
    return texts;
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
