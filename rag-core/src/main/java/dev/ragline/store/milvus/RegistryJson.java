package dev.ragline.store.milvus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.KeptSettings;
import dev.ragline.store.LaterVersionException;
import dev.ragline.store.MetadataJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The registry's rows as JSON and back. */
final class RegistryJson {
  private static final Logger log = LoggerFactory.getLogger(RegistryJson.class);

  /** The reason when a row cannot be read. */
  static final String BROKEN_ROW = "STORE_CORRUPT";

  /** What a later version added to a row is passed over. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record HeadPart(
      String write, int pieces, long rowsTime, @Nullable DocumentPart document) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record DocumentPart(
      String title,
      String uri,
      MediaType mediaType,
      @Nullable String language,
      long size,
      String revision,
      int chunks,
      String updateTime,
      String etag,
      @Nullable JsonNode metadata) {}

  private record IntentPart(WrittenRows rows) {}

  private record CorpusPart(String collection, JsonNode settings) {}

  private RegistryJson() {}

  static String write(Head head) {
    Document document = head.document();
    DocumentPart part =
        document == null
            ? null
            : new DocumentPart(
                document.title(),
                document.uri(),
                document.mediaType(),
                document.language().tag(),
                document.size(),
                document.revision().hex(),
                document.chunkCount(),
                document.updateTime().toString(),
                document.etag(),
                MetadataJson.write(document.metadata()));
    return text(new HeadPart(head.write(), head.pieces(), head.rowsTime(), part));
  }

  static Head head(Row row) {
    HeadPart part = read(row, HeadPart.class);
    DocumentId id = new DocumentId(row.text(Registry.NAME));
    DocumentPart of = part.document;
    Document document =
        of == null
            ? null
            : new Document(
                id,
                of.title,
                of.uri,
                of.mediaType,
                // Before there were languages, all texts were taken for English.
                of.language == null ? Language.ENGLISH : new Language(of.language),
                of.size,
                new Sha256(of.revision),
                of.chunks,
                Instant.parse(of.updateTime),
                of.etag,
                metadata(of.metadata));
    return new Head(id, part.write, stamp(row), document, part.pieces, part.rowsTime);
  }

  private static Metadata metadata(@Nullable JsonNode json) {
    if (json == null) {
      return Metadata.EMPTY;
    }
    try {
      return MetadataJson.read(json);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  static String write(CorpusRow corpus) {
    return text(new CorpusPart(corpus.collection(), corpus.kept().json()));
  }

  /**
   * A corpus's settings.
   *
   * @throws RagException FAILED_PRECONDITION when they cannot be read
   */
  static CorpusRow corpus(Row row) {
    return found(row).readable();
  }

  /** A corpus's settings, or why they cannot be read. */
  static FoundRow found(Row row) {
    CorpusId id = new CorpusId(row.text(Registry.NAME));
    String identity = row.text(Registry.CORPUS);
    boolean deleted = row.text(Registry.KIND).equals(Registry.Kind.GONE.text());
    Head.Stamp stamp = stamp(row);
    CorpusRow read = null;
    CorpusFault fault = null;
    try {
      CorpusPart part = JSON.readValue(row.text(Registry.DATA), CorpusPart.class);
      KeptSettings settings = KeptSettings.of(part.settings);
      read = new CorpusRow(identity, part.collection, settings, deleted, stamp);
    } catch (LaterVersionException e) {
      fault = CorpusFault.otherVersion(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      log.warn("the settings of corpus {} in Milvus cannot be read", id, e);
      fault = CorpusFault.damaged("its settings in Milvus are damaged");
    }
    return new FoundRow(id, identity, deleted, stamp, read, fault);
  }

  static String write(Intent intent) {
    return text(new IntentPart(intent.rows()));
  }

  static Intent intent(Row row) {
    IntentPart part = read(row, IntentPart.class);
    return new Intent(
        row.text(Registry.CORPUS),
        new DocumentId(row.text(Registry.NAME)),
        part.rows,
        row.number(Registry.BEGAN));
  }

  static String writeKey(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  static byte[] readKey(String data) {
    return Base64.getDecoder().decode(data);
  }

  /** A string as expressions have it. */
  static String literal(String value) {
    return text(value);
  }

  static Head.Stamp stamp(Row row) {
    return new Head.Stamp(row.number(Registry.TIME), row.text(Registry.WRITER));
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of strings and numbers always have a JSON form", e);
    }
  }

  private static <T> T read(Row row, Class<T> type) {
    try {
      return JSON.readValue(row.text(Registry.DATA), type);
    } catch (JsonProcessingException e) {
      throw broken(e);
    }
  }

  private static RagException broken(Exception e) {
    return new RagException(
        ErrorCode.INTERNAL, BROKEN_ROW, "a row of the registry in Milvus is broken", e);
  }
}
