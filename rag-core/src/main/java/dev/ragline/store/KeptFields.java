package dev.ragline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;

/** Keeps what a later version wrote into JSON that this version writes again. */
public final class KeptFields {
  private KeptFields() {}

  /**
   * What is written now, with the fields of what was there before that this version does not know.
   *
   * @param now the JSON form of a record
   * @param type the record, which tells the fields that are known
   */
  public static ObjectNode over(JsonNode before, ObjectNode now, Class<? extends Record> type) {
    if (!(before instanceof ObjectNode kept)) {
      return now;
    }
    ObjectNode merged = kept.deepCopy();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      JsonNode value = now.get(name);
      if (value == null) {
        merged.remove(name);
      } else if (value instanceof ObjectNode part && component.getType().isRecord()) {
        Class<? extends Record> partType = component.getType().asSubclass(Record.class);
        merged.set(name, over(kept.path(name), part, partType));
      } else {
        merged.set(name, value);
      }
    }
    return merged;
  }
}
