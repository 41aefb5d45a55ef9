package dev.ragline.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A corpus's settings. All but the display name, how answers are written and the grounding are
 * fixed at creation, and metadata fields are only ever added.
 *
 * @param displayName free text, may be empty
 * @param consistency what reads see that do not ask for more or less
 * @param language what its documents are in; null where that is found out of each document
 * @param etag changes with every change of the settings
 * @param metadataSchema which metadata its documents may have
 * @param generation how answers are written that do not say so themselves
 * @param grounding when questions are answered that do not say so themselves
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
    String etag,
    MetadataSchema metadataSchema,
    GenerationSettings generation,
    GroundingSettings grounding) {

  /** A corpus that says nothing of how and when it answers. */
  public Corpus(
      CorpusId id,
      String displayName,
      EmbeddingModel embeddingModel,
      Metric metric,
      Chunking chunking,
      Consistency consistency,
      @Nullable Language language,
      Instant createTime,
      String etag,
      MetadataSchema metadataSchema) {
    this(
        id,
        displayName,
        embeddingModel,
        metric,
        chunking,
        consistency,
        language,
        createTime,
        etag,
        metadataSchema,
        GenerationSettings.NONE,
        GroundingSettings.DEFAULT);
  }

  /** A corpus whose documents have no metadata. */
  public Corpus(
      CorpusId id,
      String displayName,
      EmbeddingModel embeddingModel,
      Metric metric,
      Chunking chunking,
      Consistency consistency,
      @Nullable Language language,
      Instant createTime,
      String etag) {
    this(
        id,
        displayName,
        embeddingModel,
        metric,
        chunking,
        consistency,
        language,
        createTime,
        etag,
        MetadataSchema.EMPTY);
  }

  /** The same corpus under another display name and etag. */
  public Corpus renamed(String newDisplayName, String newEtag) {
    return with(newDisplayName, newEtag, metadataSchema, generation, grounding);
  }

  /** The same corpus with other metadata, and another etag. */
  public Corpus withMetadataSchema(MetadataSchema newSchema, String newEtag) {
    return with(displayName, newEtag, newSchema, generation, grounding);
  }

  /** The same corpus whose answers are written another way, and another etag. */
  public Corpus withGeneration(GenerationSettings newGeneration, String newEtag) {
    return with(displayName, newEtag, metadataSchema, newGeneration, grounding);
  }

  /** The same corpus that answers under other conditions, and another etag. */
  public Corpus withGrounding(GroundingSettings newGrounding, String newEtag) {
    return with(displayName, newEtag, metadataSchema, generation, newGrounding);
  }

  /** The same settings of a corpus that is there since another time. */
  public Corpus createdAt(Instant time) {
    return with(displayName, time, etag, metadataSchema, generation, grounding);
  }

  private Corpus with(
      String newDisplayName,
      String newEtag,
      MetadataSchema newSchema,
      GenerationSettings newGeneration,
      GroundingSettings newGrounding) {
    return with(newDisplayName, createTime, newEtag, newSchema, newGeneration, newGrounding);
  }

  private Corpus with(
      String newDisplayName,
      Instant newCreateTime,
      String newEtag,
      MetadataSchema newSchema,
      GenerationSettings newGeneration,
      GroundingSettings newGrounding) {
    return new Corpus(
        id,
        newDisplayName,
        embeddingModel,
        metric,
        chunking,
        consistency,
        language,
        newCreateTime,
        newEtag,
        newSchema,
        newGeneration,
        newGrounding);
  }

  /**
   * Refuses to mix vectors of two models.
   *
   * @throws RagException FAILED_PRECONDITION, naming both, when {@code serving} is another model
   */
  public void requireModel(EmbeddingModel serving) {
    if (!serving.canServe(embeddingModel)) {
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

  /**
   * Refuses what this corpus is too old for.
   *
   * @throws RagException FAILED_PRECONDITION when its store does not hold what filters ask for
   */
  public void requireFilterable() {
    if (!metadataSchema.filterable()) {
      throw RagException.failedPrecondition(
          "FILTERS_UNSUPPORTED",
          id.resourceName(),
          "corpus %s was built by a version without filters and metadata: build it anew, or copy it"
              .formatted(id));
    }
  }
}
