package dev.ragline.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A corpus's settings. All but the display name are fixed at creation.
 *
 * @param displayName free text, may be empty
 * @param consistency what reads see that do not ask for more or less
 * @param language what its documents are in; null where that is found out of each document
 * @param etag changes with every change of the settings
 */
public record Corpus(
    CorpusId id,
    String displayName,
    EmbeddingModel embeddingModel,
    Metric metric,
    Chunking chunking,
    Consistency consistency,
    @Nullable Language language,
    Instant createTime,
    String etag) {

  /** The same corpus under another display name and etag. */
  public Corpus renamed(String newDisplayName, String newEtag) {
    return new Corpus(
        id,
        newDisplayName,
        embeddingModel,
        metric,
        chunking,
        consistency,
        language,
        createTime,
        newEtag);
  }

  /**
   * Refuses to mix vectors of two models.
   *
   * @throws RagException FAILED_PRECONDITION, naming both, when {@code serving} is another model
   */
  public void requireModel(EmbeddingModel serving) {
    if (!embeddingModel.fingerprint().equals(serving.fingerprint())) {
      throw RagException.failedPrecondition(
          "EMBEDDING_MODEL_MISMATCH",
          id.resourceName(),
          "corpus %s was built with the embedding model %s (%s), this server runs %s (%s)"
              .formatted(
                  id,
                  embeddingModel.name(),
                  embeddingModel.fingerprint(),
                  serving.name(),
                  serving.fingerprint()));
    }
  }
}
