package dev.ragline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Metadata as every store keeps it to read it back, in JSON: each value below its type, {@code
 * {"year": {"INT": 2026}}}.
 */
public final class MetadataJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private MetadataJson() {}

  /** Metadata as JSON. */
  public static JsonNode write(Metadata metadata) {
    ObjectNode json = JSON.createObjectNode();
    metadata
        .values()
        .forEach((name, value) -> put(json.putObject(name), value.type().name(), value));
    return json;
  }

  private static void put(ObjectNode to, String type, MetadataValue value) {
    switch (value) {
      case MetadataValue.Text(String text) -> to.put(type, text);
      case MetadataValue.Whole(long number) -> to.put(type, number);
      case MetadataValue.Decimal(double number) -> to.put(type, number);
      case MetadataValue.Truth(boolean truth) -> to.put(type, truth);
      case MetadataValue.Time(Instant time) -> to.put(type, time.toString());
      case MetadataValue.Texts(List<String> texts) -> texts.forEach(to.putArray(type)::add);
    }
  }

  /** The same as text. */
  public static String text(Metadata metadata) {
    return write(metadata).toString();
  }

  /**
   * Reads metadata.
   *
   * @throws IOException when it is not what {@link #text} makes
   */
  public static Metadata read(String json) throws IOException {
    return read(JSON.readTree(json));
  }

  /**
   * Reads metadata.
   *
   * @throws IOException when it is not what {@link #write} makes
   */
  public static Metadata read(JsonNode json) throws IOException {
    try {
      TreeMap<String, MetadataValue> values = new TreeMap<>();
      json.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
      return new Metadata(values);
    } catch (RuntimeException e) {
      throw new IOException("the metadata are broken", e);
    }
  }

  private static MetadataValue value(JsonNode typed) {
    var only = typed.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (MetadataType.valueOf(only.getKey())) {
      case STRING -> new MetadataValue.Text(value.textValue());
      case INT -> new MetadataValue.Whole(value.longValue());
      case DOUBLE -> new MetadataValue.Decimal(value.doubleValue());
      case BOOL -> new MetadataValue.Truth(value.booleanValue());
      case TIMESTAMP -> new MetadataValue.Time(Instant.parse(value.textValue()));
      case STRING_LIST -> {
        List<String> texts = new ArrayList<>();
        value.forEach(text -> texts.add(text.textValue()));
        yield new MetadataValue.Texts(texts);
      }
    };
  }
}
