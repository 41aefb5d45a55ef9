package dev.ragline.filter;

import dev.ragline.document.Document;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import java.util.Arrays;
import java.util.Optional;

/** What a filter can ask for. */
public sealed interface Field {
  /** What its values are. */
  MetadataType type();

  /** Whether every document has it. */
  boolean everywhere();

  /** A field of the corpus's metadata. */
  record OfMetadata(String name, MetadataType type) implements Field {
    @Override
    public boolean everywhere() {
      return false;
    }
  }

  /** What is known of every document. */
  enum OfDocument implements Field {
    ID("id", MetadataType.STRING),
    TITLE("title", MetadataType.STRING),
    URI("uri", MetadataType.STRING),
    /** The IANA name. */
    MEDIA_TYPE("media_type", MetadataType.STRING),
    /** Bytes of content. */
    SIZE("size", MetadataType.INT),
    UPDATE_TIME("update_time", MetadataType.TIMESTAMP);

    private final String word;
    private final MetadataType type;

    OfDocument(String word, MetadataType type) {
      this.word = word;
      this.type = type;
    }

    @Override
    public MetadataType type() {
      return type;
    }

    @Override
    public boolean everywhere() {
      return true;
    }

    /** What filters call it. */
    public String word() {
      return word;
    }

    /** What a document has. */
    public MetadataValue of(Document document) {
      return switch (this) {
        case ID -> new MetadataValue.Text(document.id().value());
        case TITLE -> new MetadataValue.Text(document.title());
        case URI -> new MetadataValue.Text(document.uri());
        case MEDIA_TYPE -> new MetadataValue.Text(document.mediaType().value());
        case SIZE -> new MetadataValue.Whole(document.size());
        case UPDATE_TIME -> new MetadataValue.Time(document.updateTime());
      };
    }

    /** The field that filters call so. */
    static Optional<OfDocument> called(String word) {
      return Arrays.stream(values()).filter(field -> field.word.equals(word)).findFirst();
    }
  }
}
