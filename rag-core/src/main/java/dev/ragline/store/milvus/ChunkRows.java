package dev.ragline.store.milvus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ragline.analysis.Words;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Sha256;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.SearchText;
import java.util.ArrayList;
import java.util.List;

/** Chunks as rows of their corpus's collection. */
final class ChunkRows {
  static final String ID = "id";
  static final String VECTOR = "vector";
  static final String TEXT = "text";
  static final String DOCUMENT = "document";
  static final String REVISION = "revision";
  static final String WRITE = "write_id";
  static final String ORDINAL = "ordinal";
  static final String START = "range_start";
  static final String END = "range_end";
  static final String HEADING_PATH = "heading_path";

  /** The key of {@link #HEADING_PATH}'s array. */
  private static final String HEADINGS = "headings";

  static final String DIGEST = "embedded_sha256";

  /** The words of the text and its headings, as the embedded store has them too. */
  static final String WORDS = "words";

  /** BM25's vector, which Milvus makes of {@link #WORDS}. */
  static final String SPARSE = "sparse";

  /** Of the document; in the dynamic field, for those who look at the collection by other means. */
  private static final String TITLE = "title";

  private static final String URI = "uri";

  /** Bytes of UTF-8 in a string of Milvus. */
  static final int MAX_BYTES = 65_535;

  /** What a chunk is read back from. */
  static final List<String> CHUNK_FIELDS =
      List.of(DOCUMENT, WRITE, ORDINAL, TEXT, REVISION, START, END, HEADING_PATH);

  static final List<String> EMBEDDED_FIELDS =
      List.of(DOCUMENT, WRITE, ORDINAL, TEXT, REVISION, START, END, HEADING_PATH, DIGEST, VECTOR);

  private ChunkRows() {}

  /**
   * The rows of a revision.
   *
   * @param words whether the collection is searched by words
   */
  static List<JsonObject> of(String write, DocumentRevision revision, boolean words) {
    List<JsonObject> rows = new ArrayList<>(revision.chunks().size());
    for (EmbeddedChunk chunk : revision.chunks()) {
      JsonObject row = row(write, chunk, revision.document());
      if (words) {
        String text =
            String.join(
                " ", Words.of(SearchText.of(chunk.chunk()), revision.document().language()));
        row.addProperty(WORDS, cut(text));
      }
      rows.add(row);
    }
    return rows;
  }

  private static JsonObject row(String write, EmbeddedChunk embedded, Document document) {
    Chunk chunk = embedded.chunk();
    JsonObject row = new JsonObject();
    row.addProperty(ID, WrittenRows.key(write, chunk.id().ordinal()));
    row.add(VECTOR, vector(embedded.vector()));
    row.addProperty(TEXT, cut(chunk.text()));
    row.addProperty(DOCUMENT, chunk.id().document().value());
    row.addProperty(REVISION, chunk.revision().hex());
    row.addProperty(WRITE, write);
    row.addProperty(ORDINAL, chunk.id().ordinal());
    row.addProperty(START, chunk.range().start());
    row.addProperty(END, chunk.range().end());
    JsonArray headings = new JsonArray();
    chunk.headingPath().forEach(headings::add);
    // Milvus before 2.4 takes objects only.
    JsonObject path = new JsonObject();
    path.add(HEADINGS, headings);
    row.add(HEADING_PATH, path);
    row.addProperty(DIGEST, embedded.embeddedDigest().hex());
    row.addProperty(TITLE, document.title());
    row.addProperty(URI, document.uri());
    return row;
  }

  private static JsonArray vector(float[] vector) {
    JsonArray components = new JsonArray(vector.length);
    for (float component : vector) {
      components.add(component);
    }
    return components;
  }

  /** As much of a text as a row can hold; the rest is in the document's content. */
  private static String cut(String text) {
    if (3L * text.length() <= MAX_BYTES) {
      return text;
    }
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return text;
    }
    int end = MAX_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8);
  }

  /** Whether the row held only a beginning of the chunk's text. */
  static boolean isCut(Chunk chunk) {
    return chunk.range().length() > MAX_BYTES;
  }

  static String write(Row row) {
    return row.text(WRITE);
  }

  static DocumentId document(Row row) {
    return new DocumentId(row.text(DOCUMENT));
  }

  static Chunk chunk(Row row) {
    return new Chunk(
        new ChunkId(document(row), (int) row.number(ORDINAL)),
        new Sha256(row.text(REVISION)),
        row.text(TEXT),
        new ByteRange(row.number(START), row.number(END)),
        row.texts(HEADING_PATH, HEADINGS));
  }

  static EmbeddedChunk embedded(Row row) {
    return new EmbeddedChunk(chunk(row), new Sha256(row.text(DIGEST)), row.vector(VECTOR));
  }
}
