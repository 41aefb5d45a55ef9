package dev.ragline.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is said of a document beside its content: values by the names of their fields. */
public record Metadata(SortedMap<String, MetadataValue> values) {
  /** Nothing is said. */
  public static final Metadata EMPTY = new Metadata(new TreeMap<>());

  /** The most bytes of all names and values, strings as UTF-8 and all else as 8 bytes. */
  public static final int MAX_BYTES = 8192;

  public Metadata {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    int bytes = values.entrySet().stream().mapToInt(Metadata::bytes).sum();
    if (bytes > MAX_BYTES) {
      throw RagException.invalid("metadata", "has at most " + MAX_BYTES + " bytes in all");
    }
  }

  /** The values of a map. */
  public static Metadata of(Map<String, MetadataValue> values) {
    return new Metadata(new TreeMap<>(values));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  private static int bytes(Map.Entry<String, MetadataValue> entry) {
    int value =
        switch (entry.getValue()) {
          case MetadataValue.Text(String text) -> bytes(text);
          case MetadataValue.Texts texts ->
              texts.values().stream().mapToInt(text -> 1 + bytes(text)).sum();
          case MetadataValue.Whole _,
              MetadataValue.Decimal _,
              MetadataValue.Truth _,
              MetadataValue.Time _ ->
              8;
        };
    return bytes(entry.getKey()) + value;
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
