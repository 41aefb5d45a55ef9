package dev.ragline.client.evaluation;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the fields of one JSON object; what is of the wrong type is refused with its place. */
final class Fields {
  private final Struct object;
  private final String place;

  /**
   * @param place where the object stands, for example {@code line 3}
   */
  Fields(Struct object, String place) {
    this.object = object;
    this.place = place;
  }

  private Value get(String name) {
    return object.getFieldsOrDefault(name, Value.getDefaultInstance());
  }

  /** A text; empty where there is none. */
  String text(String name) {
    Value value = get(name);
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case KIND_NOT_SET, NULL_VALUE -> "";
      default -> throw wrong(name, "a text");
    };
  }

  boolean flag(String name) {
    Value value = get(name);
    return switch (value.getKindCase()) {
      case BOOL_VALUE -> value.getBoolValue();
      case KIND_NOT_SET, NULL_VALUE -> false;
      default -> throw wrong(name, "true or false");
    };
  }

  /** A whole number; -1 where there is none. */
  int number(String name) {
    Value value = get(name);
    return value.hasNumberValue() ? (int) value.getNumberValue() : -1;
  }

  /** One text or a list of them. */
  List<String> texts(String name) {
    Value value = get(name);
    if (!value.hasListValue()) {
      String one = text(name);
      return one.isBlank() ? List.of() : List.of(one);
    }
    return value.getListValue().getValuesList().stream()
        .map(
            item -> {
              if (!item.hasStringValue()) {
                throw wrong(name, "a text or a list of texts");
              }
              return item.getStringValue();
            })
        .filter(item -> !item.isBlank())
        .distinct()
        .toList();
  }

  /** A list of objects; empty where there is none. */
  List<Fields> objects(String name) {
    Value value = get(name);
    if (value.hasNullValue() || value.equals(Value.getDefaultInstance())) {
      return List.of();
    }
    if (!value.hasListValue()) {
      throw wrong(name, "a list");
    }
    List<Value> items = value.getListValue().getValuesList();
    return IntStream.range(0, items.size())
        .mapToObj(
            i -> {
              if (!items.get(i).hasStructValue()) {
                throw wrong(name, "a list of objects");
              }
              return new Fields(items.get(i).getStructValue(), place + ", " + name + "[" + i + "]");
            })
        .toList();
  }

  /** What is wrong with this object. */
  QuestionFileException wrong(String problem) {
    return new QuestionFileException(place + ": " + problem);
  }

  private QuestionFileException wrong(String name, String wanted) {
    return wrong("'" + name + "' is not " + wanted);
  }
}
