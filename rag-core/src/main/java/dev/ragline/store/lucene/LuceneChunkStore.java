package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.execution.Timer;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.ConsistencyTokens;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Freshness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Corpora in a folder of this machine, one Lucene index each. */
public final class LuceneChunkStore implements ChunkStore {
  private static final Logger log = LoggerFactory.getLogger(LuceneChunkStore.class);
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final Path root;
  private final StoreLock lock;
  private final StoreFolder folder;
  private final DirectoryOpener opener;
  private final StoreThreads threads;
  private final ConsistencyTokens tokens;
  private final ChunkCache known = new ChunkCache();
  private final ConcurrentNavigableMap<CorpusId, Entry> entries = new ConcurrentSkipListMap<>();
  private final ReentrantLock creating = new ReentrantLock();
  private volatile boolean closed;
  private Timer.Scheduled sweeping = () -> {};

  /** A corpus's settings, which change under their lock only, and its index. */
  private static final class Entry {
    private final ReentrantLock changing = new ReentrantLock();
    private final CorpusIndex index;
    private volatile Corpus corpus;

    Entry(Corpus corpus, CorpusIndex index) {
      this.corpus = corpus;
      this.index = index;
    }
  }

  private LuceneChunkStore(
      Path root, StoreLock lock, StoreFolder folder, DirectoryOpener opener, StoreThreads threads) {
    this.root = root;
    this.lock = lock;
    this.folder = folder;
    this.opener = opener;
    this.threads = threads;
    this.tokens = new ConsistencyTokens(folder.tokenKey());
  }

  /** Whether a store is in a folder; {@link #open} would make one where none is. */
  public static boolean isThere(Path folder) {
    return StoreFolder.isThere(folder);
  }

  /**
   * Opens the store, making its folder when it is not there.
   *
   * @throws RagException UNAVAILABLE when another process owns the folder, FAILED_PRECONDITION when
   *     it cannot be used, INTERNAL when it is damaged
   */
  public static LuceneChunkStore open(LuceneStoreConfig config, Execution execution) {
    return open(config, DirectoryOpener.MAPPED, execution);
  }

  static LuceneChunkStore open(
      LuceneStoreConfig config, DirectoryOpener opener, Execution execution) {
    StoreThreads threads = new StoreThreads(execution.files());
    try {
      return threads.call(() -> open(config.folder(), opener, threads, execution));
    } catch (IOException e) {
      threads.close();
      throw StoreFailures.folder(config.folder(), e);
    } catch (RagException e) {
      threads.close();
      throw e;
    }
  }

  private static LuceneChunkStore open(
      Path asGiven, DirectoryOpener opener, StoreThreads threads, Execution execution)
      throws IOException {
    Files.createDirectories(asGiven);
    Path root = asGiven.toRealPath();
    StoreLock lock = StoreLock.take(root, asGiven);
    try {
      StoreFolder folder = StoreFolder.open(root);
      LuceneChunkStore store = new LuceneChunkStore(root, lock, folder, opener, threads);
      folder.load().values().forEach(store::enter);
      store.sweeping =
          execution.timer().every("closing idle corpora", SWEEP, () -> store.closeIdle(IDLE));
      return store;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void enter(Corpus corpus) {
    CorpusId id = corpus.id();
    CorpusIndex index = new CorpusIndex(id, folder.index(id), opener, threads);
    entries.put(id, new Entry(corpus, index));
  }

  @Override
  public void createCorpus(Corpus corpus) {
    creating.lock();
    try {
      requireOpen();
      if (entries.containsKey(corpus.id())) {
        throw alreadyExists(corpus.id());
      }
      threads.run(() -> folder.create(corpus, this::createIndex));
      enter(corpus);
    } catch (IOException e) {
      throw StoreFailures.writing(e, root);
    } finally {
      creating.unlock();
    }
  }

  private void createIndex(Path index) throws IOException {
    try (Directory directory = opener.open(index)) {
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

  @Override
  public List<Corpus> corpora(@Nullable CorpusId after, int limit) {
    requireOpen();
    var rest = after == null ? entries : entries.tailMap(after, false);
    return rest.values().stream().limit(limit).map(entry -> entry.corpus).toList();
  }

  @Override
  public Corpus updateCorpus(CorpusId id, UnaryOperator<Corpus> change) {
    Entry entry = lockedEntry(id);
    try {
      Corpus changed = change.apply(entry.corpus);
      if (!changed.id().equals(id)) {
        throw new IllegalArgumentException("a corpus keeps its id");
      }
      threads.run(() -> folder.save(changed));
      entry.corpus = changed;
      return changed;
    } catch (IOException e) {
      throw StoreFailures.writing(e, root);
    } finally {
      entry.changing.unlock();
    }
  }

  @Override
  public void deleteCorpus(CorpusId id, Consumer<Corpus> approve) {
    Entry entry = lockedEntry(id);
    try {
      approve.accept(entry.corpus);
      Path gone = entry.index.end(RagException.corpusNotFound(id), () -> folder.takeAway(id));
      entries.remove(id);
      threads.run(() -> StoreFolder.removeQuietly(gone));
    } catch (IOException e) {
      throw StoreFailures.writing(e, root);
    } finally {
      entry.changing.unlock();
    }
  }

  @Override
  public CorpusSnapshot snapshot(CorpusId id, Freshness freshness, Call call) {
    Entry entry = entry(id);
    Corpus corpus = entry.corpus;
    if (!freshness.token().isEmpty()) {
      // Every write is seen by now; the token need only be one of ours.
      tokens.position(identity(corpus), freshness.token());
    }
    DirectoryReader reader = entry.index.acquire();
    try {
      return new LuceneSnapshot(corpus, token(corpus), reader, call, known);
    } catch (IOException e) {
      IOUtils.closeWhileSuppressingExceptions(e, reader::decRef);
      throw StoreFailures.reading(e);
    }
  }

  @Override
  public String replaceDocument(CorpusId id, DocumentRevision revision, Call call) {
    return replace(entry(id), revision, call);
  }

  @Override
  public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
    return replace(entry(corpus), revision, call);
  }

  private String replace(Entry entry, DocumentRevision revision, Call call) {
    entry.index.write(Rows.replacing(revision, entry.corpus), call);
    return token(entry.corpus);
  }

  @Override
  public Optional<String> deleteDocument(CorpusId id, DocumentId document, Call call) {
    return delete(entry(id), document, call);
  }

  @Override
  public Optional<String> deleteDocument(Corpus corpus, DocumentId document, Call call) {
    return delete(entry(corpus), document, call);
  }

  private Optional<String> delete(Entry entry, DocumentId document, Call call) {
    boolean found = entry.index.write(new Change.Delete(document), call);
    return found ? Optional.of(token(entry.corpus)) : Optional.empty();
  }

  private String token(Corpus corpus) {
    return tokens.sign(identity(corpus), "");
  }

  /** Tells a corpus from one that had its id before. */
  private static String identity(Corpus corpus) {
    return corpus.id() + "@" + corpus.createTime();
  }

  @Override
  public boolean isServing() {
    // Writes on the last bytes succeed and fail by turns; that is one state for whoever watches.
    return !closed
        && !DiskSpace.isNearlyGone(root)
        && entries.values().stream().allMatch(entry -> entry.index.isServing());
  }

  /** Closes the indexes that nobody used for {@code idle}; their next use opens them again. */
  void closeIdle(Duration idle) {
    for (Map.Entry<CorpusId, Entry> entry : entries.entrySet()) {
      try {
        entry.getValue().index.closeIfIdle(idle);
      } catch (IOException | RuntimeException e) {
        log.warn("corpus {} could not be closed while idle", entry.getKey(), e);
      }
    }
  }

  /** Waits for writes in progress. Snapshots stay readable until they are closed themselves. */
  @Override
  public void close() {
    creating.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      sweeping.cancel();
      for (Map.Entry<CorpusId, Entry> entry : entries.entrySet()) {
        try {
          entry.getValue().index.end(StoreFailures.closed(), () -> true);
        } catch (IOException e) {
          log.warn("corpus {} was not closed well", entry.getKey(), e);
        }
      }
      threads.run(lock::close);
    } catch (IOException e) {
      log.warn("the store's lock was not given back, it ends with the process", e);
    } finally {
      threads.close();
      creating.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw StoreFailures.closed();
    }
  }

  private Entry entry(CorpusId id) {
    requireOpen();
    Entry entry = entries.get(id);
    if (entry == null) {
      throw RagException.corpusNotFound(id);
    }
    return entry;
  }

  /** The very corpus; its index takes nothing more once it was deleted. */
  private Entry entry(Corpus corpus) {
    Entry entry = entry(corpus.id());
    if (!entry.corpus.createTime().equals(corpus.createTime())) {
      throw RagException.corpusReplaced(corpus.id());
    }
    return entry;
  }

  private Entry lockedEntry(CorpusId id) {
    Entry entry = entry(id);
    entry.changing.lock();
    if (entries.get(id) != entry) {
      entry.changing.unlock();
      throw RagException.corpusNotFound(id);
    }
    return entry;
  }
}
