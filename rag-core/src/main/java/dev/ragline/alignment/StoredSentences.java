package dev.ragline.alignment;

import dev.ragline.call.Call;
import dev.ragline.document.Chunk;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.retrieval.Passage;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.SentenceVectors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The vectors of the sentences of passages that were found a while ago. */
final class StoredSentences {
  /** Whatever is at hand: a passage that has changed is passed over anyway. */
  private static final Freshness AT_HAND = new Freshness(Consistency.EVENTUAL, "");

  private final ChunkStore store;
  private final EmbeddingModel model;

  StoredSentences(ChunkStore store, EmbeddingModel model) {
    this.store = store;
    this.model = model;
  }

  /**
   * The vectors of each passage's chunks, by its rank. A chunk has none when its document was
   * changed meanwhile, its model gave it none, or the store fails: an answer that is written is not
   * lost for them.
   */
  Map<Integer, List<SentenceVectors>> vectors(CorpusId corpus, List<Passage> passages, Call call) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus, AT_HAND, call)) {
      snapshot.corpus().requireModel(model);
      Map<Integer, List<SentenceVectors>> vectors = new HashMap<>();
      for (Passage passage : passages) {
        List<SentenceVectors> chunks =
            isCurrent(passage, snapshot) ? sentences(passage, snapshot) : List.of();
        if (!chunks.isEmpty()) {
          vectors.put(passage.rank(), chunks);
        }
      }
      return vectors;
    } catch (RagException e) {
      if (e.code() == ErrorCode.CANCELLED || e.code() == ErrorCode.DEADLINE_EXCEEDED) {
        throw e;
      }
      return Map.of();
    }
  }

  private static List<SentenceVectors> sentences(Passage passage, CorpusSnapshot snapshot) {
    return snapshot.vectors(passage.chunks().stream().map(Chunk::id).toList()).stream()
        .map(ChunkVectors::sentences)
        .filter(sentences -> sentences.count() > 0)
        .toList();
  }

  private static boolean isCurrent(Passage passage, CorpusSnapshot snapshot) {
    return snapshot
        .document(passage.document().id())
        .filter(document -> document.etag().equals(passage.document().etag()))
        .isPresent();
  }
}
