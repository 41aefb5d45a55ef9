package dev.ragline.store.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.ragline.document.Document;
import dev.ragline.document.MetadataValue;
import dev.ragline.filter.Field;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * What a row of a chunk holds of its document for filters to ask for, and for those who look at the
 * collection by other means; in the dynamic field but for the id.
 */
final class FilterFields {
  static final String METADATA = "metadata";

  /** The fields of {@link #METADATA} that are there: an empty list counts as there, too. */
  static final String PRESENT = "metadata_present";

  /**
   * Times as strings of one length, whose order is that of the times: JSON's numbers are exact to
   * 2^53 in places, and microseconds go beyond.
   */
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private FilterFields() {}

  /** What a field is called in expressions. */
  static String name(Field field) {
    return switch (field) {
      case Field.OfMetadata metadata -> METADATA + "[\"" + metadata.name() + "\"]";
      case Field.OfDocument document -> name(document);
    };
  }

  private static String name(Field.OfDocument field) {
    return field == Field.OfDocument.ID ? ChunkRows.DOCUMENT : field.word();
  }

  /** Adds a document's fields to a row. */
  static void add(JsonObject row, Document document) {
    for (Field.OfDocument field : Field.OfDocument.values()) {
      row.add(name(field), json(field.of(document)));
    }
    JsonObject metadata = new JsonObject();
    JsonObject present = new JsonObject();
    document
        .metadata()
        .values()
        .forEach(
            (name, value) -> {
              metadata.add(name, json(value));
              present.addProperty(name, true);
            });
    row.add(METADATA, metadata);
    row.add(PRESENT, present);
  }

  private static JsonElement json(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text(String text) -> new JsonPrimitive(text);
      case MetadataValue.Whole(long number) -> new JsonPrimitive(number);
      case MetadataValue.Decimal(double number) -> new JsonPrimitive(number);
      case MetadataValue.Truth(boolean truth) -> new JsonPrimitive(truth);
      case MetadataValue.Time(Instant time) -> new JsonPrimitive(MICROS.format(time));
      case MetadataValue.Texts(List<String> texts) -> {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        yield array;
      }
    };
  }

  /** A value as expressions have it. */
  static String literal(MetadataValue value) {
    return switch (value) {
      case MetadataValue.Text(String text) -> literal(text);
      case MetadataValue.Whole(long number) -> Long.toString(number);
      case MetadataValue.Decimal(double number) -> Double.toString(number);
      case MetadataValue.Truth(boolean truth) -> Boolean.toString(truth);
      case MetadataValue.Time(Instant time) -> literal(MICROS.format(time));
      case MetadataValue.Texts _ -> throw new IllegalArgumentException("lists have no literal");
    };
  }

  /** A string as expressions have it, by those escapes only that every Milvus knows. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> literal.append('\\').append(c);
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> literal.append(c);
      }
    }
    return literal.append('"').toString();
  }
}
