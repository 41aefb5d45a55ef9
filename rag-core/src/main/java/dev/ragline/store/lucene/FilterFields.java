package dev.ragline.store.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataValue;
import dev.ragline.filter.Field;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;

/** What a row of a chunk holds of its document for filters to ask for. */
final class FilterFields {
  /** The names of the metadata that the document has. */
  static final String PRESENT = "f.has";

  /** Lucene takes no longer terms; neither uploads nor parsers bring longer strings. */
  private static final int MAX_TERM = 32_000;

  private FilterFields() {}

  /** What a field is called in the index. */
  static String name(Field field) {
    return switch (field) {
      case Field.OfMetadata metadata -> metadataName(metadata.name());
      case Field.OfDocument document -> "d." + document.word();
    };
  }

  private static String metadataName(String name) {
    return "m." + name;
  }

  /** Adds a document's fields to a row. */
  static void add(Document row, dev.ragline.document.Document document) {
    for (Field.OfDocument field : Field.OfDocument.values()) {
      add(row, name(field), field.of(document));
    }
    Metadata metadata = document.metadata();
    metadata
        .values()
        .forEach(
            (name, value) -> {
              row.add(new StringField(PRESENT, name, Store.NO));
              add(row, metadataName(name), value);
            });
  }

  private static void add(Document row, String name, MetadataValue value) {
    switch (value) {
      case MetadataValue.Text(String text) -> row.add(new StringField(name, term(text), Store.NO));
      case MetadataValue.Whole(long number) -> row.add(new LongField(name, number, Store.NO));
      case MetadataValue.Decimal(double number) -> row.add(new DoubleField(name, number, Store.NO));
      case MetadataValue.Truth(boolean truth) ->
          row.add(new StringField(name, Boolean.toString(truth), Store.NO));
      case MetadataValue.Time time -> row.add(new LongField(name, time.micros(), Store.NO));
      case MetadataValue.Texts(List<String> texts) ->
          texts.forEach(text -> row.add(new StringField(name, term(text), Store.NO)));
    }
  }

  /** A string as the index has it, ordered as its code points are. */
  static BytesRef term(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new BytesRef(bytes.length <= MAX_TERM ? bytes : Arrays.copyOf(bytes, MAX_TERM));
  }
}
