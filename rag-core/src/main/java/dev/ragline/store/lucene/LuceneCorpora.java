package dev.ragline.store.lucene;

import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.store.KeptSettings;
import dev.ragline.store.StoredCorpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The corpora of the embedded store: found at its start, created, listed, changed, deleted. */
final class LuceneCorpora {
  private static final Logger log = LoggerFactory.getLogger(LuceneCorpora.class);

  private final CorpusFolders folders;
  private final IndexHost host;
  private final ConcurrentNavigableMap<CorpusId, LuceneCorpus> corpora =
      new ConcurrentSkipListMap<>();
  private final ReentrantLock creating = new ReentrantLock();

  LuceneCorpora(CorpusFolders folders, IndexHost host) {
    this.folders = folders;
    this.host = host;
  }

  /** Finds the corpora that are there; on a thread of the store's. */
  void load() throws IOException {
    CorpusFolders.Contents contents = folders.contents();
    contents.corpora().forEach(this::enter);
    if (!contents.strays().isEmpty()) {
      log.warn("passed over in the store's folder, not Ragline's: {}", contents.strays());
    }
  }

  /**
   * Has each corpus know what it holds, so that the first list need not read it of all; on a thread
   * that nobody interrupts. What cannot be read is found again by whoever wants it.
   */
  void countAll() {
    for (LuceneCorpus corpus : corpora.values()) {
      try {
        StoredCorpus _ = corpus.describe();
      } catch (IOException | RagException e) {
        log.debug("a corpus was not counted", e);
      }
    }
  }

  private void enter(FoundCorpus found) {
    CorpusIndex index = new CorpusIndex(found.id(), folders.index(found.id()), host);
    corpora.put(found.id(), new LuceneCorpus(found, index));
  }

  Collection<LuceneCorpus> all() {
    return corpora.values();
  }

  /** A corpus; NOT_FOUND without it. */
  LuceneCorpus get(CorpusId id) {
    LuceneCorpus corpus = corpora.get(id);
    if (corpus == null) {
      throw RagException.corpusNotFound(id);
    }
    return corpus;
  }

  void create(Corpus corpus) throws IOException {
    creating.lock();
    try {
      if (corpora.containsKey(corpus.id())) {
        throw alreadyExists(corpus.id());
      }
      KeptSettings settings = KeptSettings.of(corpus);
      host.threads().run(() -> folders.create(settings, this::createIndex));
      enter(new FoundCorpus(corpus.id(), settings, null));
    } finally {
      creating.unlock();
    }
  }

  private void createIndex(Path index) throws IOException {
    try (Directory directory = host.opener().open(index)) {
      BatchWriter.create(directory);
    }
  }

  private static RagException alreadyExists(CorpusId id) {
    return new RagException(
        ErrorCode.ALREADY_EXISTS,
        "CORPUS_ALREADY_EXISTS",
        "there is a corpus " + id + " already",
        new ErrorDetail.Resource("ragline.dev/Corpus", id.resourceName()));
  }

  StoredCorpus describe(CorpusId id) throws IOException {
    return host.threads().call(get(id)::describe);
  }

  List<StoredCorpus> list(@Nullable CorpusId after, int limit) throws IOException {
    var rest = after == null ? corpora : corpora.tailMap(after, false);
    return host.threads()
        .call(
            () -> {
              List<StoredCorpus> page = new ArrayList<>();
              for (LuceneCorpus corpus : rest.values()) {
                if (page.size() == limit) {
                  break;
                }
                describeIfThere(corpus).ifPresent(page::add);
              }
              return page;
            });
  }

  private static Optional<StoredCorpus> describeIfThere(LuceneCorpus corpus) throws IOException {
    try {
      return Optional.of(corpus.describe());
    } catch (RagException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Corpus update(CorpusId id, UnaryOperator<Corpus> change) throws IOException {
    LuceneCorpus corpus = locked(id);
    try {
      KeptSettings settings = corpus.usable();
      Corpus changed = change.apply(settings.corpus());
      if (!changed.id().equals(id)) {
        throw new IllegalArgumentException("a corpus keeps its id");
      }
      KeptSettings next = settings.with(changed);
      host.threads().run(() -> folders.save(next));
      corpus.changed(next);
      return changed;
    } finally {
      corpus.changing().unlock();
    }
  }

  void delete(CorpusId id, Consumer<Optional<Corpus>> approve) throws IOException {
    LuceneCorpus corpus = locked(id);
    try {
      approve.accept(corpus.settings());
      Path gone = corpus.index().end(RagException.corpusNotFound(id), () -> folders.takeAway(id));
      corpora.remove(id);
      host.threads().run(() -> CorpusFolders.removeQuietly(gone));
    } finally {
      corpus.changing().unlock();
    }
  }

  private LuceneCorpus locked(CorpusId id) {
    LuceneCorpus corpus = get(id);
    corpus.changing().lock();
    if (corpora.get(id) != corpus) {
      corpus.changing().unlock();
      throw RagException.corpusNotFound(id);
    }
    return corpus;
  }

  /** Ends all; takes no new ones from the moment it is called on. */
  void close(RagException reason) {
    creating.lock();
    try {
      for (LuceneCorpus corpus : corpora.values()) {
        try {
          boolean _ = corpus.index().end(reason, () -> true);
        } catch (IOException e) {
          log.warn("a corpus was not closed well", e);
        }
      }
    } finally {
      creating.unlock();
    }
  }
}
