package dev.ragline.copying;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import java.util.List;
import java.util.Optional;

/**
 * Copies corpora from one store to another with all that they hold. What is in the copy already is
 * passed over, so that a copy that broke off goes on where it ended when it is begun again.
 * Documents go one by one, each whole or not at all, and a few at the same time: so much of a
 * corpus is in memory, and no more.
 */
public final class CorpusCopier {
  private final ChunkStore from;
  private final ChunkStore to;
  private final Patience patience;
  private final WaitingThreads waiting;

  public CorpusCopier(ChunkStore from, ChunkStore to, WaitingThreads waiting) {
    this(from, to, waiting, Thread::sleep);
  }

  CorpusCopier(ChunkStore from, ChunkStore to, WaitingThreads waiting, Patience.Pause pause) {
    this.from = from;
    this.to = to;
    this.waiting = waiting;
    this.patience = new Patience(pause);
  }

  /**
   * Copies a corpus with all its settings. Documents of the copy that the original does not have
   * stay.
   *
   * @param recreate whether the copy is deleted first
   * @throws RagException NOT_FOUND without such a corpus, FAILED_PRECONDITION when the other store
   *     has a corpus of that id for other vectors or chunks, or is the same store, INVALID_ARGUMENT
   *     when it has one with other metadata, and whatever the stores throw; what was copied until
   *     then stays
   */
  public CopyResult copy(CorpusId id, boolean recreate, CopyProgress progress) {
    Corpus original;
    String token;
    long documents;
    try (CorpusSnapshot snapshot = from.snapshot(id, Freshness.STRONG, Call.UNLIMITED)) {
      original = snapshot.corpus();
      token = snapshot.token();
      documents = snapshot.stats().documents();
    }
    prepare(original, token, recreate);
    CopyTally tally = new CopyTally(id, documents, progress);
    new DocumentCopies(from, to, id, patience, waiting, tally).run();
    try (CorpusSnapshot copy = to.snapshot(id)) {
      return tally.result(copy.stats().documents());
    }
  }

  /** Has a corpus there that can hold the copy. */
  private void prepare(Corpus original, String token, boolean recreate) {
    CorpusId id = original.id();
    Optional<Corpus> there = find(to, id);
    if (there.isPresent() && recreate) {
      requireOther(id, token);
      to.deleteCorpus(id, corpus -> {});
      there = Optional.empty();
    }
    if (there.isEmpty()) {
      to.createCorpus(filterable(original));
    } else {
      requireAlike(original, there.get());
      bringSettings(original, there.get());
    }
  }

  /** What is written now is written with all that filters ask for. */
  private static Corpus filterable(Corpus original) {
    return original.metadataSchema().filterable()
        ? original
        : original.withMetadataSchema(MetadataSchema.EMPTY, original.etag());
  }

  /** The original may have been changed since the copy was begun. */
  private void bringSettings(Corpus original, Corpus there) {
    if (!settings(original, there).equals(there)) {
      Corpus _ = to.updateCorpus(original.id(), copy -> settings(original, copy));
    }
  }

  /**
   * All of the original's settings, whichever there are. The copy stays the corpus that it is, as
   * of its own time; its metadata fields are those of its documents, and only get more.
   */
  private static Corpus settings(Corpus original, Corpus copy) {
    return original
        .withMetadataSchema(grown(copy, original.metadataSchema().fields()), original.etag())
        .createdAt(copy.createTime());
  }

  private static MetadataSchema grown(Corpus copy, List<MetadataField> fields) {
    if (copy.metadataSchema().fields().equals(fields)) {
      return copy.metadataSchema();
    }
    copy.requireFilterable();
    return copy.metadataSchema().grownTo(fields);
  }

  private static Optional<Corpus> find(ChunkStore store, CorpusId id) {
    try (CorpusSnapshot snapshot = store.snapshot(id, Freshness.STRONG, Call.UNLIMITED)) {
      return Optional.of(snapshot.corpus());
    } catch (RagException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** A store goes by many names; it knows its own tokens by whichever. */
  private void requireOther(CorpusId id, String token) {
    try (CorpusSnapshot _ = to.snapshot(id, Freshness.of(token), Call.UNLIMITED)) {
      throw RagException.failedPrecondition(
          "SAME_STORE",
          id.resourceName(),
          "corpus %s would be deleted before it is copied: both stores are the same".formatted(id));
    } catch (RagException e) {
      if (e.code() != ErrorCode.INVALID_ARGUMENT) {
        throw e;
      }
    }
  }

  private static void requireAlike(Corpus original, Corpus there) {
    if (!describe(there).equals(describe(original))) {
      throw RagException.failedPrecondition(
          "CORPUS_MISMATCH",
          original.id().resourceName(),
          "corpus %s is there already, but %s, and the original %s"
              .formatted(original.id(), describe(there), describe(original)));
    }
  }

  /** What vectors and chunks it holds. */
  private static String describe(Corpus corpus) {
    EmbeddingModel model = corpus.embeddingModel();
    return "is embedded by %s (%s, dimension %d), measured by %s and cut by %s"
        .formatted(
            model.name(),
            model.fingerprint(),
            model.dimension(),
            corpus.metric(),
            corpus.chunking());
  }
}
