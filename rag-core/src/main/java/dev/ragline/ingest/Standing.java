package dev.ragline.ingest;

import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.store.CorpusSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands where a document is to be written.
 *
 * @param current the document that is there
 * @param known the ordinals of its chunks, by what was embedded of them
 * @param read whether its chunks are stored as they are read; those of earlier versions are not
 * @param languages those of the corpus's documents, with how many each
 * @param token for reads that must see this
 */
record Standing(
    Corpus corpus,
    Optional<Document> current,
    Map<Sha256, Integer> known,
    boolean read,
    Map<Language, Long> languages,
    String token) {

  /**
   * A document and its corpus at one time.
   *
   * @param current nothing where there is no such document
   */
  record State(Corpus corpus, Optional<Document> current) {}

  static Standing read(CorpusSnapshot snapshot, DocumentId id) {
    Optional<Document> current = snapshot.document(id);
    return new Standing(
        snapshot.corpus(),
        current,
        current.isEmpty() ? Map.of() : known(snapshot, id),
        current.isPresent() && isRead(snapshot, id),
        snapshot.languages(),
        snapshot.token());
  }

  /** The first chunk tells: all are written at once. */
  private static boolean isRead(CorpusSnapshot snapshot, DocumentId id) {
    try {
      return snapshot.chunks(id, 0, 1).stream().allMatch(chunk -> chunk.reading() != null);
    } catch (RagException e) {
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
      return false;
    }
  }

  /** How many chunks are there. */
  int chunks() {
    return current.map(Document::chunkCount).orElse(0);
  }

  /**
   * None where the chunks are no longer there, so that whatever became of them, the document is
   * written whole again.
   */
  private static Map<Sha256, Integer> known(CorpusSnapshot snapshot, DocumentId id) {
    Map<Sha256, Integer> known = new HashMap<>();
    try {
      List<Sha256> digests = snapshot.embeddedDigests(id);
      for (int i = 0; i < digests.size(); i++) {
        known.putIfAbsent(digests.get(i), i);
      }
    } catch (RagException e) {
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
    }
    return known;
  }
}
