package dev.ragline.store.milvus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.Iterables;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ragline.analysis.Words;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.LeadIn;
import dev.ragline.document.Sha256;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingCodec;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.LeadInJson;
import dev.ragline.store.SearchText;
import dev.ragline.store.SentenceVectors;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** Beside it, where there are any: what announces the chunk, each as JSON, outermost first. */
  private static final String LEAD_INS = "lead_ins";

  /** The key of the reading in {@link #HEADING_PATH}, in Base 64; older rows have none. */
  private static final String READING = "reading";

  /** Bytes of a JSON object that leave room in a field for what else is in it. */
  private static final int MAX_READING = 48 << 10;

  /** The vectors of the sentences in Base 64; empty where there are none. */
  static final String SENTENCES = "sentences";

  static final String DIGEST = "embedded_sha256";

  /** The words of the text and its headings, as the embedded store has them too. */
  static final String WORDS = "words";

  /** BM25's vector, which Milvus makes of {@link #WORDS}. */
  static final String SPARSE = "sparse";

  /** Bytes of UTF-8 in a string of Milvus. */
  static final int MAX_BYTES = 65_535;

  /** What a chunk is read back from. */
  static final List<String> CHUNK_FIELDS =
      List.of(DOCUMENT, WRITE, ORDINAL, TEXT, REVISION, START, END, HEADING_PATH);

  /** What its vectors are read back from. */
  static final List<String> VECTOR_FIELDS = List.of(ID, VECTOR, SENTENCES);

  static final List<String> EMBEDDED_FIELDS =
      Stream.of(CHUNK_FIELDS, VECTOR_FIELDS, List.of(DIGEST)).flatMap(List::stream).toList();

  private static final Pattern SIGN = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}]+");

  /** A letter that no language's words have, the sinological dot. */
  private static final String JOINT = "\uA78F";

  private ChunkRows() {}

  /**
   * The rows of a revision, each made when it is asked for.
   *
   * @param words whether the collection is searched by words
   */
  static Iterable<JsonObject> of(String write, DocumentRevision revision, boolean words) {
    return Iterables.transform(
        revision.chunks(),
        chunk -> {
          JsonObject row = row(write, chunk, revision.document());
          if (words) {
            row.addProperty(WORDS, cut(words(chunk.chunk(), revision.document().language())));
          }
          return row;
        });
  }

  private static String words(Chunk chunk, Language language) {
    return Words.each(SearchText.of(chunk), language).stream()
        .map(word -> word.also() ? also(word.word()) : word.word())
        .collect(Collectors.joining(" "));
  }

  /**
   * A word that stands where others stand, which Milvus must not part: it parts words at every sign
   * that is no letter, and would take 12.500 for 12 and 500.
   */
  static String also(String word) {
    return SIGN.matcher(word).replaceAll(JOINT);
  }

  private static JsonObject row(String write, EmbeddedChunk embedded, Document document) {
    Chunk chunk = embedded.chunk();
    JsonObject row = new JsonObject();
    row.addProperty(ID, WrittenRows.key(write, chunk.id().ordinal()));
    row.add(VECTOR, vector(embedded.vector()));
    row.addProperty(SENTENCES, sentences(embedded.vectors()));
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
    if (!chunk.leadIns().isEmpty()) {
      JsonArray leadIns = new JsonArray();
      chunk.leadIns().forEach(leadIn -> leadIns.add(LeadInJson.write(leadIn)));
      path.add(LEAD_INS, leadIns);
    }
    addReading(chunk, path);
    row.add(HEADING_PATH, path);
    row.addProperty(DIGEST, embedded.embeddedDigest().hex());
    FilterFields.add(row, document);
    return row;
  }

  /** Beside the headings: collections of earlier versions have no other place for it. */
  private static void addReading(Chunk chunk, JsonObject path) {
    if (chunk.reading() != null && !isCut(chunk)) {
      String encoded = Base64.getEncoder().encodeToString(ReadingCodec.encode(chunk.reading()));
      if (encoded.length() <= MAX_READING) {
        path.addProperty(READING, encoded);
      }
    }
  }

  private static @Nullable Reading reading(Row row, String text) {
    String encoded = row.text(HEADING_PATH, READING);
    return encoded == null ? null : ReadingCodec.decode(text, Base64.getDecoder().decode(encoded));
  }

  /** As many as a row can hold; with a usual model, all. */
  private static String sentences(ChunkVectors vectors) {
    byte[] all = vectors.sentences().bytes();
    int dimension = vectors.vector().length;
    int most = MAX_BYTES / 4 * 3 / dimension * dimension;
    return Base64.getEncoder().encodeToString(Arrays.copyOf(all, Math.min(all.length, most)));
  }

  static ChunkVectors vectors(Row row) {
    float[] vector = row.vector(VECTOR);
    byte[] sentences = Base64.getDecoder().decode(row.text(SENTENCES));
    return new ChunkVectors(vector, SentenceVectors.ofBytes(sentences, vector.length));
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
    String text = row.text(TEXT);
    return new Chunk(
        new ChunkId(document(row), (int) row.number(ORDINAL)),
        new Sha256(row.text(REVISION)),
        text,
        new ByteRange(row.number(START), row.number(END)),
        row.texts(HEADING_PATH, HEADINGS),
        leadIns(row),
        reading(row, text));
  }

  private static List<LeadIn> leadIns(Row row) {
    return row.texts(HEADING_PATH, LEAD_INS).stream()
        .flatMap(
            json -> {
              try {
                return LeadInJson.read(json).stream();
              } catch (IOException e) {
                throw Row.unusable(HEADING_PATH, e);
              }
            })
        .toList();
  }

  static EmbeddedChunk embedded(Row row) {
    return new EmbeddedChunk(chunk(row), new Sha256(row.text(DIGEST)), vectors(row));
  }
}
