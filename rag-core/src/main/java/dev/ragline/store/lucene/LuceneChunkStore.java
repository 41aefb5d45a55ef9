package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.execution.ComputePool;
import dev.ragline.execution.Execution;
import dev.ragline.execution.Timer;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.ConsistencyTokens;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Freshness;
import dev.ragline.store.StoreHealth;
import dev.ragline.store.StoredCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.DirectoryReader;
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
  private final ComputePool compute;
  private final ConsistencyTokens tokens;
  private final IndexHost host;
  private final LuceneCorpora corpora;
  private final ChunkCache known = new ChunkCache();
  private final AtomicBoolean closed = new AtomicBoolean();
  private Timer.Scheduled sweeping = () -> {};

  private LuceneChunkStore(
      Path root, StoreLock lock, StoreFolder folder, IndexHost host, ComputePool compute) {
    this.root = root;
    this.compute = compute;
    this.lock = lock;
    this.tokens = folder.tokens();
    this.host = host;
    this.corpora = new LuceneCorpora(folder.corpora(), host);
  }

  /** Whether a store is in a folder; {@link #open} would make one where none is. */
  public static boolean isThere(Path folder) {
    return StoreFolder.isThere(folder);
  }

  /**
   * Opens the store, making its folder when it is not there.
   *
   * @throws RagException UNAVAILABLE when another process owns the folder, FAILED_PRECONDITION when
   *     it cannot be used; a damaged corpus does not keep it from opening
   */
  public static LuceneChunkStore open(LuceneStoreConfig config, Execution execution) {
    return open(config, DirectoryOpener.MAPPED, execution);
  }

  static LuceneChunkStore open(
      LuceneStoreConfig config, DirectoryOpener opener, Execution execution) {
    StoreThreads threads = new StoreThreads(execution.files());
    try {
      return threads.call(() -> open(config, opener, threads, execution));
    } catch (IOException e) {
      threads.close();
      throw StoreFailures.folder(config.folder(), e);
    } catch (RagException e) {
      threads.close();
      throw e;
    }
  }

  private static LuceneChunkStore open(
      LuceneStoreConfig config, DirectoryOpener opener, StoreThreads threads, Execution execution)
      throws IOException {
    Files.createDirectories(config.folder());
    Path root = config.folder().toRealPath();
    StoreLock lock = StoreLock.take(root, config.folder());
    try {
      IndexHost host =
          new IndexHost(
              opener,
              threads,
              WriteTurns.forHeap(threads),
              new Merges(execution.background()),
              new OpenIndexes(config.maxOpenCorpora()),
              new WriteHealth());
      LuceneChunkStore store =
          new LuceneChunkStore(root, lock, StoreFolder.open(root), host, execution.compute());
      store.corpora.load();
      execution.background().execute(store.corpora::countAll);
      store.sweeping =
          execution.timer().every("closing idle corpora", SWEEP, () -> store.closeIdle(IDLE));
      return store;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Work on corpora. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T writing(Work<T> work) {
    requireOpen();
    try {
      return work.run();
    } catch (IOException e) {
      throw StoreFailures.writing(e, root);
    }
  }

  private <T> T listing(Work<T> work) {
    requireOpen();
    try {
      return work.run();
    } catch (IOException e) {
      throw StoreFailures.listing(e);
    }
  }

  @Override
  public void createCorpus(Corpus corpus) {
    boolean _ =
        writing(
            () -> {
              corpora.create(corpus);
              return true;
            });
  }

  @Override
  public List<StoredCorpus> list(@Nullable CorpusId after, int limit) {
    return listing(() -> corpora.list(after, limit));
  }

  @Override
  public StoredCorpus corpus(CorpusId id) {
    return listing(() -> corpora.describe(id));
  }

  @Override
  public Corpus updateCorpus(CorpusId id, UnaryOperator<Corpus> change) {
    return writing(() -> corpora.update(id, change));
  }

  @Override
  public void deleteCorpus(CorpusId id, Consumer<Optional<Corpus>> approve) {
    boolean _ =
        writing(
            () -> {
              corpora.delete(id, approve);
              return true;
            });
  }

  @Override
  public CorpusSnapshot snapshot(CorpusId id, Freshness freshness, Call call) {
    LuceneCorpus found = open(id);
    Corpus corpus = found.usable().corpus();
    if (!freshness.token().isEmpty()) {
      // Every write is seen by now; the token need only be one of ours.
      tokens.position(identity(corpus), freshness.token());
    }
    DirectoryReader reader = found.index().acquire();
    try {
      return new LuceneSnapshot(corpus, token(corpus), reader, call, known, compute);
    } catch (IOException e) {
      IOUtils.closeWhileSuppressingExceptions(e, reader::decRef);
      throw StoreFailures.reading(id, e);
    }
  }

  @Override
  public String replaceDocument(CorpusId id, DocumentRevision revision, Call call) {
    return replace(open(id), revision, call);
  }

  @Override
  public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
    return replace(open(corpus), revision, call);
  }

  private String replace(LuceneCorpus found, DocumentRevision revision, Call call) {
    Corpus corpus = found.usable().corpus();
    boolean _ = found.index().write(Rows.replacing(revision, corpus), call);
    return token(corpus);
  }

  @Override
  public Optional<String> deleteDocument(CorpusId id, DocumentId document, Call call) {
    return delete(open(id), document, call);
  }

  @Override
  public Optional<String> deleteDocument(Corpus corpus, DocumentId document, Call call) {
    return delete(open(corpus), document, call);
  }

  private Optional<String> delete(LuceneCorpus found, DocumentId document, Call call) {
    Corpus corpus = found.usable().corpus();
    boolean there = found.index().write(new Change.Delete(document), call);
    return there ? Optional.of(token(corpus)) : Optional.empty();
  }

  private String token(Corpus corpus) {
    return tokens.sign(identity(corpus), "");
  }

  /** Tells a corpus from one that had its id before. */
  private static String identity(Corpus corpus) {
    return corpus.id() + "@" + corpus.createTime();
  }

  @Override
  public StoreHealth health() {
    if (closed.get()) {
      return StoreHealth.AWAY;
    }
    // Writes on the last bytes succeed and fail by turns; that is one state for whoever watches.
    return DiskSpace.isNearlyGone(root) || !host.health().isWritable()
        ? StoreHealth.READ_ONLY
        : StoreHealth.SERVING;
  }

  /** Indexes that are open. */
  int openIndexes() {
    return host.open().count();
  }

  /** Closes the indexes that nobody used for {@code idle}; their next use opens them again. */
  void closeIdle(Duration idle) {
    for (LuceneCorpus corpus : corpora.all()) {
      try {
        corpus.index().closeIfIdle(idle);
      } catch (IOException | RuntimeException e) {
        log.warn("a corpus could not be closed while idle", e);
      }
    }
  }

  /** Waits for writes in progress. Snapshots stay readable until they are closed themselves. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    sweeping.cancel();
    corpora.close(StoreFailures.closed());
    try {
      host.threads().run(lock::close);
    } catch (IOException e) {
      log.warn("the store's lock was not given back, it ends with the process", e);
    } finally {
      host.threads().close();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw StoreFailures.closed();
    }
  }

  private LuceneCorpus open(CorpusId id) {
    requireOpen();
    return corpora.get(id);
  }

  /** The very corpus; its index takes nothing more once it was deleted. */
  private LuceneCorpus open(Corpus corpus) {
    LuceneCorpus found = open(corpus.id());
    if (!found.usable().corpus().createTime().equals(corpus.createTime())) {
      throw RagException.corpusReplaced(corpus.id());
    }
    return found;
  }
}
