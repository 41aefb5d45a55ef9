package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.Freshness;
import dev.ragline.store.StoreHealth;
import dev.ragline.store.StoredCorpus;
import dev.ragline.store.Vectors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Corpora in a Milvus, for any number of servers at once. Opens without it, and works as soon as it
 * is there.
 */
public final class MilvusChunkStore implements ChunkStore {
  private static final Logger log = LoggerFactory.getLogger(MilvusChunkStore.class);
  private static final Duration PATIENCE_FOR_HEALTH = Duration.ofSeconds(5);

  private final MilvusConnection connection;
  private final Server server;
  private final Corpora corpora;
  private final CorpusChanges changes;
  private final Cleaner cleaner;
  private final Steps steps;
  private final WriteGate gate = new WriteGate();
  private final ExecutorService searches;
  private volatile boolean wasServing = true;

  private MilvusChunkStore(MilvusStoreConfig config, Steps steps, Execution execution) {
    this.connection = new MilvusConnection(config, execution);
    this.searches = execution.waiting().perTask("milvus-search");
    this.server = new Server(connection);
    Aliases aliases = new Aliases(connection);
    this.steps = steps;
    this.cleaner = new Cleaner(server, aliases, steps, execution.timer());
    this.corpora = new Corpora(server, aliases, steps);
    this.changes = new CorpusChanges(server, aliases, cleaner, steps, corpora);
  }

  /** Opens the store; Milvus is connected to when it is first needed. */
  public static MilvusChunkStore open(MilvusStoreConfig config, Execution execution) {
    return open(config, Steps.UNHEARD, execution);
  }

  static MilvusChunkStore open(MilvusStoreConfig config, Steps steps, Execution execution) {
    return new MilvusChunkStore(config, steps, execution);
  }

  @Override
  public void createCorpus(Corpus corpus) {
    corpora.create(corpus);
  }

  @Override
  public List<StoredCorpus> list(@Nullable CorpusId after, int limit) {
    return corpora.list(after, limit);
  }

  @Override
  public StoredCorpus corpus(CorpusId id) {
    try (CorpusSnapshot snapshot = snapshot(id)) {
      // A view needs no collection; whoever reads more does.
      corpora.requireCollection(id, Call.UNLIMITED);
      return new StoredCorpus.Active(snapshot.corpus(), snapshot.stats());
    } catch (RagException e) {
      return changes.broken(id, e);
    }
  }

  @Override
  public Corpus updateCorpus(CorpusId id, UnaryOperator<Corpus> change) {
    return changes.update(id, change);
  }

  @Override
  public void deleteCorpus(CorpusId id, Consumer<Optional<Corpus>> approve) {
    changes.delete(id, approve);
  }

  @Override
  public CorpusSnapshot snapshot(CorpusId id, Freshness freshness, Call call) {
    OpenCorpus open = corpora.open(id, call);
    try {
      return snapshot(open, freshness, call);
    } catch (RagException e) {
      boolean mayBeAnother =
          e.code() == ErrorCode.NOT_FOUND || e.code() == ErrorCode.INVALID_ARGUMENT;
      OpenCorpus current = mayBeAnother ? corpora.current(id, call) : open;
      if (current == open) {
        throw e;
      }
      return snapshot(current, freshness, call);
    }
  }

  private CorpusSnapshot snapshot(OpenCorpus open, Freshness freshness, Call call) {
    Server.Prepared shared = server.prepared(call);
    Consistency level =
        freshness.level() == null ? open.known().corpus().consistency() : freshness.level();
    WritePosition seen =
        freshness.token().isEmpty()
            ? null
            : shared.tokens().position(open.identity(), freshness.token(), call);
    View view = open.view(level, seen, call);
    if (view.settings().deleted()) {
      throw RagException.corpusNotFound(view.corpus().id());
    }
    // No write has an empty writer: whoever brings this token back reads what is new.
    WritePosition shown =
        new WritePosition(new Head.Stamp(view.lastTime(), ""), shared.registry().visible());
    String token = shared.tokens().sign(open.identity(), shown);
    return new MilvusSnapshot(
        open, view, token, shared.contents(), server.config(), searches, call);
  }

  @Override
  public String replaceDocument(CorpusId id, DocumentRevision revision, Call call) {
    return replace(corpora.current(id, call), revision, call);
  }

  @Override
  public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
    return replace(current(corpus, call), revision, call);
  }

  /** The very corpus: what is written to it after it was deleted never becomes another's. */
  private OpenCorpus current(Corpus corpus, Call call) {
    OpenCorpus open = corpora.current(corpus.id(), call);
    if (!open.known().corpus().createTime().equals(corpus.createTime())) {
      throw RagException.corpusReplaced(corpus.id());
    }
    return open;
  }

  private String replace(OpenCorpus open, DocumentRevision revision, Call call) {
    Server.Prepared shared = server.prepared(call);
    Corpus corpus = open.known().corpus();
    for (EmbeddedChunk chunk : revision.chunks()) {
      Vectors.requireUsable(chunk.vector(), corpus);
    }
    return gate.through(
        weight(revision, corpus),
        call,
        () -> write(shared, open, revision.document().id(), revision, call));
  }

  /** What is in memory of a write: rows are made as they are sent. */
  private static long weight(DocumentRevision revision, Corpus corpus) {
    long chunks =
        revision.content().size()
            + revision.chunks().size() * RowBatches.heapOfVector(corpus.embeddingModel());
    return Math.min(chunks, RowBatches.MAX_HEAP) + revision.content().held();
  }

  @Override
  public Optional<String> deleteDocument(CorpusId id, DocumentId document, Call call) {
    return delete(corpora.current(id, call), document, call);
  }

  @Override
  public Optional<String> deleteDocument(Corpus corpus, DocumentId document, Call call) {
    return delete(current(corpus, call), document, call);
  }

  private Optional<String> delete(OpenCorpus open, DocumentId document, Call call) {
    Server.Prepared shared = server.prepared(call);
    View view = open.view(Consistency.STRONG, null, call);
    if (view.settings().deleted()) {
      throw RagException.corpusNotFound(view.corpus().id());
    }
    if (view.live(document).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(write(shared, open, document, null, call));
  }

  private String write(
      Server.Prepared shared,
      OpenCorpus open,
      DocumentId id,
      @Nullable DocumentRevision revision,
      Call call) {
    Replacement replacement = new Replacement(shared, open, steps, server.config());
    var intent = replacement.intent(id, revision);
    try {
      WritePosition position = replacement.run(intent, revision, call);
      cleaner.later(intent);
      if (shared.lite()) {
        cleaner.flushSoon(open.chunks());
      }
      return shared.tokens().sign(open.identity(), position);
    } catch (RagException e) {
      cleaner.afterFailure(intent);
      throw e;
    }
  }

  /** Removes what crashed servers left. */
  void sweep() {
    cleaner.sweep();
  }

  /** The same with other times; see {@link Cleaner#sweep(long, long)}. */
  void sweep(long old, long known) {
    cleaner.sweep(old, known);
  }

  @Override
  public StoreHealth health() {
    boolean serving;
    try {
      Call call = Call.within(PATIENCE_FOR_HEALTH);
      serving = server.isHealthy(call);
      Server.Prepared _ = server.prepared(call);
      if (serving && !wasServing) {
        log.info("Milvus at {} serves", server.config().uri().getAuthority());
      }
    } catch (RagException e) {
      serving = false;
      if (wasServing) {
        log.warn("{}; it is tried again until it does", e.getMessage());
      }
    }
    wasServing = serving;
    return serving ? StoreHealth.SERVING : StoreHealth.AWAY;
  }

  @Override
  public void close() {
    cleaner.close();
    searches.shutdownNow();
    connection.close();
  }
}
