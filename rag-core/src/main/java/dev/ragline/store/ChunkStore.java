package dev.ragline.store;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Holds corpora. A write that returned is durable and is seen by every snapshot taken afterwards
 * that asks for it: by its level of consistency, or by the token that the write returned. A write
 * that threw is not seen at all, except that one whose answer was lost on the way may be. Failures
 * are {@link dev.ragline.document.RagException}s: RESOURCE_EXHAUSTED with a quota when the disk is
 * full, UNAVAILABLE when the store cannot be reached, FAILED_PRECONDITION when the corpus is
 * broken, which touches no other corpus.
 */
public interface ChunkStore extends AutoCloseable {
  /** Adds an empty corpus; ALREADY_EXISTS when its id is taken. */
  void createCorpus(Corpus corpus);

  /**
   * Corpora by id, those after {@code after} only, at most {@code limit}; also those that are
   * broken. However many they are, it opens none of them and asks no network for each.
   */
  List<StoredCorpus> list(@Nullable CorpusId after, int limit);

  /** A corpus as {@link #list} has it; NOT_FOUND without it. */
  StoredCorpus corpus(CorpusId id);

  /** The settings of corpora that are not broken; otherwise as {@link #list}. */
  default List<Corpus> corpora(@Nullable CorpusId after, int limit) {
    List<Corpus> settings = new ArrayList<>();
    List<StoredCorpus> page = list(after, limit);
    while (!page.isEmpty()) {
      for (StoredCorpus corpus : page) {
        if (corpus instanceof StoredCorpus.Active active) {
          settings.add(active.corpus());
        }
      }
      int missing = limit - settings.size();
      page = missing == 0 ? List.of() : list(page.getLast().id(), missing);
    }
    return settings;
  }

  /**
   * Replaces a corpus's settings by what {@code change} makes of them, with nobody else changing
   * them meanwhile; NOT_FOUND without such a corpus.
   */
  Corpus updateCorpus(CorpusId id, UnaryOperator<Corpus> change);

  /**
   * Deletes a corpus with all that it holds, also one that is broken; NOT_FOUND without it.
   *
   * @param approve throws to keep the corpus; given nothing where its settings cannot be read
   */
  void deleteCorpus(CorpusId id, Consumer<Optional<Corpus>> approve);

  /**
   * The corpus as it is now.
   *
   * @param freshness what it must show at least
   * @param call until when the snapshot is read
   * @throws dev.ragline.document.RagException NOT_FOUND without such a corpus, INVALID_ARGUMENT for
   *     a token that is not of this corpus
   */
  CorpusSnapshot snapshot(CorpusId id, Freshness freshness, Call call);

  /** The corpus as fresh as it asks for itself, for as long as it takes. */
  default CorpusSnapshot snapshot(CorpusId id) {
    return snapshot(id, Freshness.DEFAULT, Call.UNLIMITED);
  }

  /**
   * Puts a revision in place of whatever its document held before, all of it or nothing.
   *
   * @return a token for {@link Freshness}
   */
  String replaceDocument(CorpusId id, DocumentRevision revision, Call call);

  /**
   * The same in the very corpus that the revision was prepared for.
   *
   * @param corpus as it was read when the revision was prepared; its settings may have changed
   * @throws dev.ragline.document.RagException NOT_FOUND when it was deleted, ABORTED when another
   *     corpus has its id now
   */
  String replaceDocument(Corpus corpus, DocumentRevision revision, Call call);

  /**
   * Removes a document.
   *
   * @return a token for {@link Freshness}, or nothing when the document was not there
   */
  Optional<String> deleteDocument(CorpusId id, DocumentId document, Call call);

  /**
   * The same in the very corpus that the document was seen in.
   *
   * @throws dev.ragline.document.RagException as {@link #replaceDocument(Corpus, DocumentRevision,
   *     Call)} does
   */
  Optional<String> deleteDocument(Corpus corpus, DocumentId document, Call call);

  /** What the store can do now. Broken corpora do not count; a few seconds at most go by. */
  StoreHealth health();

  /** Whether the store can take reads and writes now. */
  default boolean isServing() {
    return health() == StoreHealth.SERVING;
  }

  @Override
  void close();
}
