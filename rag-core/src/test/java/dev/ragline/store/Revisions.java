package dev.ragline.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.Iterables;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.LeadIn;
import dev.ragline.document.MediaType;
import dev.ragline.document.Sha256;
import dev.ragline.document.reading.Reading;
import dev.ragline.parsing.Readings;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Makes documents of texts, each text a chunk with a vector that depends on the text only. */
public final class Revisions {
  /** The dimension of vectors where a test does not care. */
  public static final int DIMENSION = 8;

  private static final String BETWEEN = "\n\n";

  private Revisions() {}

  /** A document whose chunks are {@code texts}. */
  public static DocumentRevision of(String id, String... texts) {
    return of(id, List.of(), Revisions::vector, texts);
  }

  /** The same in a language. */
  public static DocumentRevision in(Language language, String id, String... texts) {
    return in(language, of(id, texts));
  }

  private static DocumentRevision in(Language language, DocumentRevision revision) {
    Document document = revision.document();
    Document other =
        new Document(
            document.id(),
            document.title(),
            document.uri(),
            document.mediaType(),
            language,
            document.size(),
            document.revision(),
            document.chunkCount(),
            document.updateTime(),
            document.etag());
    return new DocumentRevision(other, revision.content(), revision.chunks());
  }

  /** A document whose chunks have the vectors given. */
  public static DocumentRevision ofVectors(String id, float[]... vectors) {
    String[] texts = new String[vectors.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = id + " " + i;
    }
    return of(
        id, List.of(), text -> vectors[Integer.parseInt(text.substring(id.length() + 1))], texts);
  }

  /** A document whose chunks stand below {@code headings} and have the vectors of {@code model}. */
  public static DocumentRevision of(
      String id, List<String> headings, Function<String, float[]> model, String... texts) {
    byte[] content = String.join(BETWEEN, texts).getBytes(UTF_8);
    Sha256 revision = Sha256.of(content);
    DocumentId document = new DocumentId(id);
    List<EmbeddedChunk> chunks = new ArrayList<>();
    long start = 0;
    for (String text : texts) {
      ByteRange range = new ByteRange(start, start + text.getBytes(UTF_8).length);
      ChunkId place = new ChunkId(document, chunks.size());
      // No chunk of a size that is chunked today is larger.
      Reading reading = text.length() > 16 << 10 ? null : Readings.markdown(text);
      Chunk chunk = new Chunk(place, revision, text, range, headings, List.of(), reading);
      chunks.add(new EmbeddedChunk(chunk, Sha256.of(text), vectors(text, model)));
      start = range.end() + BETWEEN.length();
    }
    return new DocumentRevision(document(id, content, chunks.size()), content, chunks);
  }

  /** The same with its last chunk announced by texts that stand in its first. */
  public static DocumentRevision announced(DocumentRevision revision, String... texts) {
    List<EmbeddedChunk> chunks = new ArrayList<>(revision.chunks());
    EmbeddedChunk last = chunks.removeLast();
    Chunk first = revision.chunks().getFirst().chunk();
    List<LeadIn> leadIns = new ArrayList<>();
    Iterator<LeadIn.Kind> kinds = Iterables.cycle(EnumSet.allOf(LeadIn.Kind.class)).iterator();
    for (String text : texts) {
      long start = first.text().substring(0, first.text().indexOf(text)).getBytes(UTF_8).length;
      ByteRange range = new ByteRange(start, start + text.getBytes(UTF_8).length);
      leadIns.add(new LeadIn(kinds.next(), 0, range, text));
    }
    Chunk chunk = last.chunk();
    Chunk announced =
        new Chunk(
            chunk.id(),
            chunk.revision(),
            chunk.text(),
            chunk.range(),
            chunk.headingPath(),
            leadIns,
            null);
    chunks.add(new EmbeddedChunk(announced, last.embeddedDigest(), last.vectors()));
    return new DocumentRevision(revision.document(), revision.content(), chunks);
  }

  /** A text's vector, and those of its words; texts of one word have no sentences. */
  private static ChunkVectors vectors(String text, Function<String, float[]> model) {
    String[] words = text.split(" ");
    SentenceVectors sentences =
        words.length == 1
            ? SentenceVectors.NONE
            : SentenceVectors.of(Arrays.stream(words).map(Revisions::vector).toList());
    float[] vector = model.apply(text);
    return new ChunkVectors(vector, vector.length == DIMENSION ? sentences : SentenceVectors.NONE);
  }

  /** A document of any bytes without chunks. */
  public static DocumentRevision ofContent(String id, byte[] content) {
    return new DocumentRevision(document(id, content, 0), content, List.of());
  }

  private static Document document(String id, byte[] content, int chunks) {
    Sha256 revision = Sha256.of(content);
    return new Document(
        new DocumentId(id),
        "Title of " + id,
        "https://example.org/" + id,
        MediaType.PLAIN_TEXT,
        Language.ENGLISH,
        content.length,
        revision,
        chunks,
        Instant.parse("2026-01-02T03:04:05.678901234Z"),
        revision.hex().substring(0, 16));
  }

  /** The vector of a text: of length 1, and the same whenever it is asked for. */
  public static float[] vector(String text) {
    return vector(text, DIMENSION);
  }

  /** The same with any dimension. */
  public static float[] vector(String text, int dimension) {
    SplittableRandom random =
        new SplittableRandom(Long.parseUnsignedLong(Sha256.of(text).hex().substring(0, 16), 16));
    float[] vector = new float[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  /** A document's bytes as a snapshot hands them out. */
  public static byte[] content(CorpusSnapshot snapshot, DocumentId id, ByteRange range) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    snapshot.content(
        id,
        range,
        (offset, data) -> {
          if (offset != range.start() + content.size() || data.length > 64 * 1024) {
            throw new AssertionError("a gap or too large a piece at " + offset);
          }
          content.writeBytes(data);
        });
    return content.toByteArray();
  }
}
