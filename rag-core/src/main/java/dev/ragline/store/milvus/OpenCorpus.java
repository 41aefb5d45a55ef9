package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.Consistency;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.store.milvus.Head.Stamp;
import dev.ragline.store.milvus.Registry.Changes;
import io.milvus.v2.common.ConsistencyLevel;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A corpus that this replica reads and writes: its collection, and a view that is kept fresh. */
final class OpenCorpus {
  private static final Logger log = LoggerFactory.getLogger(OpenCorpus.class);

  /** A view older than this is made fresh aside, while it is still used. */
  private static final Duration REFRESH = Duration.ofSeconds(1);

  /** A view older than this is made fresh before it is used, unless anything will do. */
  private static final Duration STALE = Duration.ofSeconds(5);

  /**
   * Heads that began so long before a view was fresh are in it: more than clocks differ, and more
   * than a write takes.
   */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final Registry registry;
  private final Table chunks;
  private final boolean searchesWords;
  private final WaitingThreads waiting;
  private final Duration retention;
  private final Duration reload;

  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock refreshing = new ReentrantLock();
  private final Object viewLock = new Object();

  /** Changes with {@link #viewLock} only. */
  private volatile View view;

  /** When the view held all that was visible then. */
  private volatile Freshened freshened;

  /** Requests for freshness, and how many of them are answered, by any and by strong reads. */
  private long asked;

  private long answered;
  private long answeredStrongly;

  private volatile String writer = newWriter();

  record Freshened(long nanoTime, long epochMillis) {
    static Freshened now() {
      return new Freshened(System.nanoTime(), System.currentTimeMillis());
    }

    Duration age() {
      return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
  }

  /** A corpus of which a view was just read. */
  OpenCorpus(
      Registry registry,
      Table chunks,
      boolean searchesWords,
      MilvusStoreConfig config,
      WaitingThreads waiting,
      Loaded loaded) {
    this.registry = registry;
    this.chunks = chunks;
    this.searchesWords = searchesWords;
    this.waiting = waiting;
    this.retention = config.retention();
    this.reload = config.abandoned();
    this.view = loaded.view();
    this.freshened = loaded.at();
  }

  /** A view, and when it held all that was visible then. */
  record Loaded(View view, Freshened at) {
    /** A corpus that was just created. */
    static Loaded empty(CorpusRow settings) {
      return new Loaded(View.empty(settings), Freshened.now());
    }
  }

  /** Reads all that a corpus holds, if there is one. */
  static Optional<Loaded> load(Registry registry, String identity, Call call) {
    Freshened now = Freshened.now();
    Changes all = registry.all(identity, call);
    return all.settings().stream()
        .findFirst()
        .map(first -> new Loaded(merge(View.empty(first), all), now));
  }

  private static View merge(View view, Changes changes) {
    View merged = view.with(changes.heads());
    for (CorpusRow settings : changes.settings()) {
      merged = merged.with(settings);
    }
    return merged;
  }

  private static String newWriter() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  Table chunks() {
    return chunks;
  }

  boolean searchesWords() {
    return searchesWords;
  }

  String identity() {
    return view.settings().identity();
  }

  /** What this replica knows now. */
  View known() {
    return view;
  }

  /** Whether the view was made fresh within a time, and nothing is known to be missing in it. */
  boolean knowsSince(Duration age) {
    return freshened.age().compareTo(age) <= 0;
  }

  /** How much longer the rows of a view are sure to be there. */
  Duration readable() {
    return retention.minus(freshened.age());
  }

  /**
   * A view that holds a write, and is as fresh as asked for.
   *
   * @param seen a write's stamp, or null
   */
  View view(Consistency level, @org.jspecify.annotations.Nullable WritePosition seen, Call call) {
    if (seen != null && !view.covers(seen.stamp())) {
      registry.guarantee(seen.visible());
      refresh(ConsistencyLevel.SESSION, call);
      merge(known -> known.saw(seen.stamp()));
    }
    if (level == Consistency.STRONG) {
      refresh(ConsistencyLevel.STRONG, call);
    } else if (freshened.age().compareTo(retention.dividedBy(2)) > 0
        || (level != Consistency.EVENTUAL && freshened.age().compareTo(STALE) > 0)) {
      refresh(ConsistencyLevel.SESSION, call);
    } else if (freshened.age().compareTo(REFRESH) > 0) {
      refreshAside();
    }
    return view;
  }

  private void refreshAside() {
    if (!refreshing.isLocked()) {
      var _ =
          waiting.start(
              "milvus-refresh",
              () -> {
                try {
                  refresh(ConsistencyLevel.SESSION, Call.UNLIMITED);
                } catch (RagException e) {
                  log.debug("a corpus could not be refreshed aside", e);
                }
              });
    }
  }

  /** Reads what is new; whoever asked before it began is served by it. */
  private void refresh(ConsistencyLevel level, Call call) {
    long mine;
    synchronized (viewLock) {
      mine = ++asked;
    }
    Locks.lock(refreshing, call);
    try {
      long upTo;
      synchronized (viewLock) {
        boolean done =
            level == ConsistencyLevel.STRONG ? answeredStrongly >= mine : answered >= mine;
        if (done) {
          return;
        }
        upTo = asked;
      }
      Freshened now = Freshened.now();
      read(level, call);
      freshened = now;
      synchronized (viewLock) {
        answered = upTo;
        if (level == ConsistencyLevel.STRONG) {
          answeredStrongly = upTo;
        }
      }
    } finally {
      refreshing.unlock();
    }
  }

  private void read(ConsistencyLevel level, Call call) {
    View known = view;
    if (freshened.age().compareTo(reload) > 0) {
      Optional<Loaded> all = load(registry, known.settings().identity(), call);
      merge(now -> all.map(loaded -> loaded.view().withChanges(known, now)).orElse(now.ended()));
      return;
    }
    long since = freshened.epochMillis() - MARGIN.toMillis();
    Changes changes = registry.since(known, since, level, call);
    merge(now -> merge(now, changes));
  }

  private void merge(Function<View, View> change) {
    synchronized (viewLock) {
      view = change.apply(view);
    }
  }

  /**
   * A step that makes something visible. A writer's stamps rise in the order in which they become
   * visible, so that others know by the last one what they have seen: one step at a time.
   */
  interface Publication {
    /**
     * Makes it visible.
     *
     * @return when SESSION reads see it
     */
    long publish(View before, Stamp stamp);

    /** What the view becomes. */
    View after(View now, Stamp stamp);
  }

  /**
   * Makes something visible.
   *
   * @param time a time of Milvus's after which it happens, or 0 where there are none
   * @throws RagException NOT_FOUND when the corpus was deleted
   */
  WritePosition publish(long time, Publication publication, Call call) {
    Locks.lock(writing, call);
    try {
      View before = view;
      if (before.settings().deleted()) {
        throw RagException.corpusNotFound(before.corpus().id());
      }
      long clock = time > 0 ? time : System.currentTimeMillis() << 18;
      Stamp stamp = new Stamp(Math.max(clock, before.lastTime() + 1), writer);
      long visible;
      try {
        visible = publication.publish(before, stamp);
      } catch (RagException e) {
        // It may still become visible, out of its order.
        writer = newWriter();
        throw e;
      }
      merge(now -> publication.after(now, stamp));
      return new WritePosition(stamp, visible);
    } finally {
      writing.unlock();
    }
  }
}
