package dev.ragline.server.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Freshness;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** A corpus of one document of one chunk, under a name that nobody else takes. */
final class ScratchCorpus {
  private static final String PREFIX = "ragline-doctor-";
  private static final DocumentId DOCUMENT = new DocumentId("scratch");
  private static final String TEXT = "Written by rag doctor, to be read back and deleted.";
  private static final float[] VECTOR = {1, 0, 0, 0};

  private final Corpus corpus;

  ScratchCorpus() {
    this.corpus =
        new Corpus(
            new CorpusId(PREFIX + UUID.randomUUID().toString().substring(0, 13)),
            "Made by rag doctor",
            new EmbeddingModel("none", "none", VECTOR.length, 64),
            Metric.IP,
            Chunking.DEFAULT,
            Consistency.SESSION,
            Language.ENGLISH,
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            UUID.randomUUID().toString());
  }

  /** Whether a corpus is one of these. */
  static boolean is(CorpusId id) {
    return id.value().startsWith(PREFIX);
  }

  /**
   * Writes the corpus, reads it back, and deletes it whatever happens.
   *
   * @return whether what was read is what was written
   * @throws RagException as the store does
   */
  boolean tryOut(ChunkStore store, Draft draft, Call call) {
    try {
      store.createCorpus(corpus);
      String token = store.replaceDocument(corpus, revision(), call);
      try (CorpusSnapshot snapshot = store.snapshot(corpus.id(), Freshness.of(token), call)) {
        return snapshot.chunks(DOCUMENT, 0, 2).stream()
            .map(Chunk::text)
            .toList()
            .equals(List.of(TEXT));
      }
    } finally {
      delete(store, draft);
    }
  }

  private void delete(ChunkStore store, Draft draft) {
    // The time may be over, but what was made is taken away all the same.
    boolean interrupted = Thread.interrupted();
    try {
      store.deleteCorpus(corpus.id(), settings -> {});
    } catch (RagException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        draft.problem(
            "The corpus %s, made for this check, may still be there: %s. Delete it with: rag corpus delete %s"
                .formatted(corpus.id(), e.getMessage(), corpus.id()));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static DocumentRevision revision() {
    byte[] content = TEXT.getBytes(UTF_8);
    Sha256 digest = Sha256.of(content);
    Chunk chunk =
        new Chunk(
            new ChunkId(DOCUMENT, 0), digest, TEXT, new ByteRange(0, content.length), List.of());
    Document document =
        new Document(
            DOCUMENT,
            "Scratch",
            "",
            MediaType.PLAIN_TEXT,
            Language.ENGLISH,
            content.length,
            digest,
            1,
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            UUID.randomUUID().toString());
    return new DocumentRevision(
        document, content, List.of(new EmbeddedChunk(chunk, digest, ChunkVectors.of(VECTOR))));
  }
}
