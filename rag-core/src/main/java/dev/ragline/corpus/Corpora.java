package dev.ragline.corpus;

import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.Language;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.StoredCorpus;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates, describes, changes and deletes corpora. */
public final class Corpora {
  private final ChunkStore store;
  private final Embedder embedder;
  private final InstantSource clock;

  @Inject
  public Corpora(ChunkStore store, Embedder embedder, InstantSource clock) {
    this.store = store;
    this.embedder = embedder;
    this.clock = clock;
  }

  /**
   * Creates an empty corpus for this server's embedding model; INVALID_ARGUMENT for a chunking that
   * the model's window does not allow.
   *
   * @param language null to find it out of each document
   */
  public StoredCorpus.Active create(
      CorpusId id,
      String displayName,
      Metric metric,
      Chunking chunking,
      Consistency consistency,
      @Nullable Language language,
      MetadataSchema metadataSchema,
      GenerationSettings generation,
      GroundingSettings grounding) {
    EmbeddingModel model = embedder.model();
    if (chunking instanceof Chunking.Fixed fixed) {
      fixed.requireWithin(model.maxTokens());
    }
    Corpus corpus =
        new Corpus(
            id,
            displayName,
            model,
            metric,
            chunking,
            consistency,
            language,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            newEtag(),
            metadataSchema,
            generation,
            grounding);
    store.createCorpus(corpus);
    return new StoredCorpus.Active(corpus, new CorpusStats(0, 0));
  }

  /** Creates an empty corpus that says nothing of how and when it answers. */
  public StoredCorpus.Active create(
      CorpusId id,
      String displayName,
      Metric metric,
      Chunking chunking,
      Consistency consistency,
      @Nullable Language language,
      MetadataSchema metadataSchema) {
    return create(
        id,
        displayName,
        metric,
        chunking,
        consistency,
        language,
        metadataSchema,
        GenerationSettings.NONE,
        GroundingSettings.DEFAULT);
  }

  /** Describes a corpus, also one that is broken; NOT_FOUND without it. */
  public StoredCorpus get(CorpusId id) {
    return store.corpus(id);
  }

  /**
   * Makes sure that a corpus can be searched by vectors; NOT_FOUND without it, FAILED_PRECONDITION
   * when it is broken or was built with another embedding model.
   */
  public void requireSearchable(CorpusId id) {
    get(id).requireActive().corpus().requireModel(embedder.model());
  }

  /** Corpora by id, those after {@code after} only, at most {@code limit}. */
  public List<StoredCorpus> list(@Nullable CorpusId after, int limit) {
    return store.list(after, limit);
  }

  /**
   * Changes what can be changed; INVALID_ARGUMENT for metadata fields without one that it has, or
   * with another type, FAILED_PRECONDITION when the corpus is too old for metadata.
   *
   * @param etag the state to change, or empty for whatever it is; ABORTED when it is another
   */
  public StoredCorpus.Active update(CorpusId id, CorpusChange change, String etag) {
    store.updateCorpus(
        id,
        corpus -> {
          requireEtag(corpus, etag);
          Corpus changed = corpus;
          if (change.metadataFields() != null) {
            corpus.requireFilterable();
            MetadataSchema grown = corpus.metadataSchema().grownTo(change.metadataFields());
            changed = changed.withMetadataSchema(grown, newEtag());
          }
          if (change.generation() != null) {
            changed = changed.withGeneration(change.generation(), newEtag());
          }
          if (change.grounding() != null) {
            changed = changed.withGrounding(change.grounding(), newEtag());
          }
          String name = change.displayName();
          return name == null ? changed : changed.renamed(name, newEtag());
        });
    return get(id).requireActive();
  }

  /**
   * Deletes a corpus with all that it holds, also one that is broken.
   *
   * @param etag the state to delete, or empty for whatever it is; ABORTED when it is another
   */
  public void delete(CorpusId id, String etag) {
    store.deleteCorpus(
        id,
        corpus -> {
          if (corpus.isPresent()) {
            requireEtag(corpus.get(), etag);
          } else if (!etag.isEmpty()) {
            throw RagException.etagMismatch("ragline.dev/Corpus", id.resourceName());
          }
        });
  }

  private static void requireEtag(Corpus corpus, String etag) {
    if (!etag.isEmpty() && !etag.equals(corpus.etag())) {
      throw RagException.etagMismatch("ragline.dev/Corpus", corpus.id().resourceName());
    }
  }

  private static String newEtag() {
    return UUID.randomUUID().toString();
  }
}
