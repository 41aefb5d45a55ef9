package dev.ragline.store.milvus;

import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Striped;
import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.store.StoredCorpus;
import dev.ragline.store.milvus.Head.Stamp;
import dev.ragline.store.milvus.OpenCorpus.Loaded;
import dev.ragline.store.milvus.Steps.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The corpora of a Milvus: created, found, listed, and opened when they are needed. */
final class Corpora {
  /** A corpus that nobody used for so long is closed; its next use opens it again. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final Server server;
  private final Aliases aliases;
  private final Steps steps;
  private final CorpusFinder finder;
  private final CorpusListing listing;
  private final ConcurrentMap<CorpusId, OpenCorpus> open =
      CacheBuilder.newBuilder().expireAfterAccess(IDLE).<CorpusId, OpenCorpus>build().asMap();
  private final Striped<Lock> locks = Striped.lock(64);

  Corpora(Server server, Aliases aliases, Steps steps) {
    this.server = server;
    this.aliases = aliases;
    this.steps = steps;
    this.finder = new CorpusFinder(server, aliases);
    this.listing = new CorpusListing(server, open::get);
  }

  private <T> T locked(CorpusId id, Call call, Supplier<T> work) {
    Lock lock = locks.get(id);
    Locks.lock(lock, call);
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** A corpus to read and write; NOT_FOUND without it. */
  OpenCorpus open(CorpusId id, Call call) {
    OpenCorpus known = open.get(id);
    if (known != null) {
      return known;
    }
    call.check("the corpus");
    return locked(
        id,
        call,
        () -> {
          OpenCorpus found = open.get(id);
          if (found == null) {
            found = find(id, call);
            open.put(id, found);
          }
          return found;
        });
  }

  /**
   * The same as of now: another server may have deleted it, and created another of its id. Asks for
   * what its name stands for, which is quicker than to read what is new.
   */
  OpenCorpus current(CorpusId id, Call call) {
    OpenCorpus known = open.get(id);
    if (known != null) {
      Optional<String> named = aliases.find(server.alias(id), call);
      if (named.isEmpty() || !named.get().equals(known.chunks().name())) {
        open.remove(id, known);
      }
    }
    return open(id, call);
  }

  /**
   * Makes sure that a corpus's collection is there and holds its vectors.
   *
   * @throws RagException FAILED_PRECONDITION when it is not
   */
  void requireCollection(CorpusId id, Call call) {
    boolean _ = server.schema().requireUsable(open(id, call).known().settings(), call);
  }

  private OpenCorpus find(CorpusId id, Call call) {
    Loaded found = finder.find(id, call);
    boolean words = server.schema().requireUsable(found.view().settings(), call);
    return opened(server.prepared(call), found, words);
  }

  private OpenCorpus opened(Server.Prepared shared, Loaded loaded, boolean words) {
    CorpusRow row = loaded.view().settings();
    Table chunks = server.chunks(row.collection(), (failure, call) -> explain(row, failure, call));
    return new OpenCorpus(
        shared.registry(), chunks, words, server.config(), server.connection().waiting(), loaded);
  }

  /** What is behind a failure, where somebody else dropped or replaced a collection. */
  private RagException explain(CorpusRow row, RagException failure, Call call) {
    try {
      boolean _ = server.schema().requireUsable(row, call);
      return failure;
    } catch (RagException e) {
      open.remove(row.corpus().id());
      return e;
    }
  }

  /** Adds an empty corpus; of those who do so at the same time with one id, one succeeds. */
  void create(Corpus corpus) {
    CorpusId id = corpus.id();
    OpenCorpus _ =
        locked(
            id,
            Call.UNLIMITED,
            () -> {
              Server.Prepared shared = server.prepared(Call.UNLIMITED);
              if (!shared.registry().live(id, Call.UNLIMITED).isEmpty()) {
                throw alreadyExists(id);
              }
              OpenCorpus fresh = create(shared, corpus);
              open.put(id, fresh);
              return fresh;
            });
  }

  private OpenCorpus create(Server.Prepared shared, Corpus corpus) {
    String identity = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    String collection = server.names().chunks(corpus.id(), identity);
    long began = System.currentTimeMillis();
    shared.registry().creating(corpus.id(), identity, began, Call.UNLIMITED);
    steps.done(Step.CREATION_NOTED);
    server
        .schema()
        .createChunks(
            collection,
            "Chunks of Ragline's corpus " + corpus.id(),
            corpus.metric(),
            corpus.embeddingModel().dimension(),
            shared.searchesWords(),
            Call.UNLIMITED);
    steps.done(Step.COLLECTION_CREATED);
    takeName(shared, corpus.id(), identity, collection);
    steps.done(Step.NAME_TAKEN);
    Stamp stamp = new Stamp(Math.max(shared.registry().visible(), began << 18), identity);
    CorpusRow row = new CorpusRow(identity, collection, corpus, false, stamp);
    long _ = shared.registry().put(row, began, Call.UNLIMITED);
    steps.done(Step.CORPUS_WRITTEN);
    shared.registry().created(identity, Call.UNLIMITED);
    steps.done(Step.CORPUS_CREATED);
    return opened(shared, Loaded.empty(row), shared.searchesWords());
  }

  private void takeName(Server.Prepared shared, CorpusId id, String identity, String collection) {
    String alias = server.alias(id);
    boolean taken = !aliases.set(alias, collection, Call.UNLIMITED);
    if (taken) {
      freeName(shared, alias);
      taken = !aliases.set(alias, collection, Call.UNLIMITED);
    }
    if (taken) {
      aliases.dropCollection(collection, Call.UNLIMITED);
      shared.registry().created(identity, Call.UNLIMITED);
      throw alreadyExists(id);
    }
  }

  /** Takes a name from a corpus that is gone: a crash may have come between the two. */
  private void freeName(Server.Prepared shared, String alias) {
    Optional<String> holder = aliases.find(alias, Call.UNLIMITED);
    boolean gone =
        holder
            .flatMap(name -> shared.registry().corpus(Names.identity(name), Call.UNLIMITED))
            .map(CorpusRow::deleted)
            .orElse(false);
    if (gone) {
      aliases.drop(alias, holder.orElseThrow(), Call.UNLIMITED);
    }
  }

  private static RagException alreadyExists(CorpusId id) {
    return new RagException(
        ErrorCode.ALREADY_EXISTS,
        "CORPUS_ALREADY_EXISTS",
        "there is a corpus " + id + " already",
        new ErrorDetail.Resource("ragline.dev/Corpus", id.resourceName()));
  }

  /** Corpora by id, also those that are broken. */
  List<StoredCorpus> list(@Nullable CorpusId after, int limit) {
    return listing.list(after, limit, Call.UNLIMITED);
  }

  /** Nothing is known of a corpus any more; whoever wants it next looks for it. */
  void forget(CorpusId id) {
    open.remove(id);
  }
}
