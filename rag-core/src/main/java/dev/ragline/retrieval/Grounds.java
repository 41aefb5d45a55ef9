package dev.ragline.retrieval;

import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.GroundingSettings;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.store.SentenceVectors;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known for answering, beyond the passages.
 *
 * @param settings what the corpus asks for
 * @param filterMatchesNothing whether the filter alone left nothing to find
 * @param likeness how the best passages fit the question; null where nothing was found
 * @param question its vector; null in a search by words
 * @param scale where the embedding model's cosines lie
 * @param evidence by chunk that was found, what its text says
 * @param sentences by chunk of the passages, expanded ones too, the vectors of their sentences
 * @param announcing chunks that hold what announces those of the passages, and are none of them
 */
public record Grounds(
    GroundingSettings settings,
    boolean filterMatchesNothing,
    @Nullable Likeness likeness,
    @Nullable QuestionEmbedding question,
    CosineScale scale,
    Map<ChunkId, Evidence> evidence,
    Map<ChunkId, SentenceVectors> sentences,
    Map<ChunkId, Chunk> announcing) {
  public Grounds {
    evidence = Map.copyOf(evidence);
    sentences = Map.copyOf(sentences);
    announcing = Map.copyOf(announcing);
  }

  /** What was found, for people. */
  String summary() {
    return likeness == null
        ? "nothing"
        : "%d passages, %d with vectors of sentences".formatted(evidence.size(), sentences.size());
  }

  /** Of a search that found nothing. */
  static Grounds nothing(GroundingSettings settings, boolean filterMatchesNothing) {
    return new Grounds(
        settings, filterMatchesNothing, null, null, CosineScale.NONE, Map.of(), Map.of(), Map.of());
  }
}
