package dev.ragline.store.milvus;

import com.google.common.collect.ListMultimap;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.execution.Timer;
import dev.ragline.store.milvus.Steps.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes rows that nobody reads any more: of replaced revisions, of writes that failed or that a
 * crash ended, of corpora that are gone. Does nothing that cannot be done twice, also by two
 * replicas at once.
 */
final class Cleaner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cleaner.class);
  private static final Duration FLUSH_PERIOD = Duration.ofSeconds(2);

  private final Server server;
  private final Aliases aliases;
  private final Steps steps;
  private final Duration retention;
  private final Duration abandoned;
  private final Queue<Due> waiting = new ConcurrentLinkedQueue<>();
  private final Set<Table> unflushed = ConcurrentHashMap.newKeySet();
  private final Timer timer;
  private final List<Timer.Scheduled> periodic;
  private volatile boolean closed;

  /**
   * A write whose leavings are to be removed.
   *
   * @param nanoTime when
   */
  private record Due(Intent intent, long nanoTime, Stage stage) {}

  /** How much is known of a write. */
  private enum Stage {
    /** It may have become visible since it failed. */
    FAILED,
    /** If it holds, what was before it has no readers. */
    USUAL,
    /** It was found not to hold, and its readers had time to end. */
    WAITED
  }

  Cleaner(Server server, Aliases aliases, Steps steps, Timer timer) {
    this.server = server;
    this.aliases = aliases;
    this.steps = steps;
    this.retention = server.config().retention();
    this.abandoned = server.config().abandoned();
    this.timer = timer;
    this.periodic =
        List.of(
            every(
                Duration.ofMillis(Math.clamp(retention.toMillis() / 4, 50, 5000)), this::cleanDue),
            every(Duration.ofSeconds(Math.clamp(abandoned.toSeconds(), 1, 60)), this::sweep),
            every(FLUSH_PERIOD, this::flush));
  }

  private Timer.Scheduled every(Duration period, Runnable work) {
    return timer.every("milvus-cleaner", period, () -> quietly(work));
  }

  /** What fails is left to a sweep. */
  private void quietly(Runnable work) {
    if (closed) {
      return;
    }
    try {
      work.run();
    } catch (RagException e) {
      log.info("rows could not be removed, a sweep will try again: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.warn("rows could not be removed", e);
    }
  }

  /** Has a write's leavings removed when its readers are done. */
  void later(Intent intent) {
    later(intent, Stage.USUAL);
  }

  /** The same of a write that failed, of which nobody knows whether it was seen. */
  void afterFailure(Intent intent) {
    later(intent, Stage.FAILED);
  }

  private void later(Intent intent, Stage stage) {
    waiting.add(new Due(intent, System.nanoTime() + retention.toNanos(), stage));
  }

  /** Has a corpus's rows removed when its readers are done. */
  void later(CorpusRow gone) {
    var _ = timer.after("milvus-cleaner", retention, () -> quietly(() -> remove(gone)));
  }

  /** Has what was just written sealed soon: Milvus Lite searches what is not row by row. */
  void flushSoon(Table table) {
    unflushed.add(table);
  }

  private void flush() {
    for (Table table : List.copyOf(unflushed)) {
      unflushed.remove(table);
      table.flush(Call.UNLIMITED);
    }
  }

  private void cleanDue() {
    List<Due> due = new ArrayList<>();
    for (Due next = waiting.peek(); next != null && next.nanoTime() - System.nanoTime() <= 0; ) {
      due.add(next);
      waiting.remove(next);
      next = waiting.peek();
    }
    cleanAll(due);
  }

  private void cleanAll(List<Due> due) {
    due.stream()
        .collect(Collectors.groupingBy(each -> each.intent().identity()))
        .forEach((identity, writes) -> quietly(() -> clean(identity, writes)));
  }

  /** Removes what some writes to one corpus left. */
  private void clean(String identity, List<Due> writes) {
    Server.Prepared shared = server.prepared(Call.UNLIMITED);
    Registry registry = shared.registry();
    Leavings leavings = registry.leavings();
    Optional<CorpusRow> corpus = registry.corpus(identity, Call.UNLIMITED);
    boolean live = corpus.isPresent() && !corpus.get().deleted();
    Set<DocumentId> ids =
        writes.stream().map(write -> write.intent().id()).collect(Collectors.toSet());
    ListMultimap<DocumentId, Head> heads = leavings.heads(identity, ids, Call.UNLIMITED);
    List<Intent> done = new ArrayList<>();
    Set<WrittenRows> unused = new LinkedHashSet<>();
    for (Due write : writes) {
      Intent intent = write.intent();
      Unused of = Unused.of(intent.rows(), live ? heads.get(intent.id()) : List.of());
      if (write.stage() == Stage.FAILED) {
        later(intent, Stage.USUAL);
        continue;
      }
      if (!of.holds() && write.stage() == Stage.USUAL) {
        // What came later may have come just now.
        later(intent, Stage.WAITED);
        continue;
      }
      done.add(intent);
      unused.addAll(of.rows());
    }
    removeChunks(corpus, unused);
    steps.done(Step.OLD_CHUNKS_REMOVED);
    shared.contents().delete(keys(unused, WrittenRows::pieceKeys), Call.UNLIMITED);
    steps.done(Step.OLD_CONTENT_REMOVED);
    leavings.forgetHeads(
        identity, unused.stream().map(WrittenRows::write).toList(), Call.UNLIMITED);
    steps.done(Step.OLD_HEADS_REMOVED);
    leavings.forget(done, Call.UNLIMITED);
    steps.done(Step.INTENT_REMOVED);
  }

  /**
   * What a write that is done with has put out of use: all before it, and itself unless it holds.
   */
  private record Unused(boolean holds, List<WrittenRows> rows) {
    /**
     * @param heads of the write's document, by stamp
     */
    static Unused of(WrittenRows write, List<Head> heads) {
      List<WrittenRows> rows = new ArrayList<>();
      for (Head head : heads) {
        if (head.write().equals(write.write())) {
          boolean holds = rows.size() == heads.size() - 1;
          if (!holds) {
            rows.add(write);
          }
          return new Unused(holds, rows);
        }
        rows.add(head.rows());
      }
      return new Unused(false, List.of(write));
    }
  }

  private static List<String> keys(
      Set<WrittenRows> rows, Function<WrittenRows, List<String>> keys) {
    return rows.stream().map(keys).flatMap(List::stream).toList();
  }

  private void removeChunks(Optional<CorpusRow> corpus, Set<WrittenRows> unused) {
    List<String> keys = keys(unused, WrittenRows::chunkKeys);
    if (!keys.isEmpty()) {
      corpus
          .map(CorpusRow::collection)
          .filter(collection -> server.schema().exists(collection, Call.UNLIMITED))
          .ifPresent(collection -> server.chunks(collection).delete(keys, Call.UNLIMITED));
    }
  }

  /** Removes all of a corpus that is gone. */
  private void remove(CorpusRow gone) {
    Server.Prepared shared = server.prepared(Call.UNLIMITED);
    Registry registry = shared.registry();
    dropChunks(gone.corpus().id(), gone.collection());
    steps.done(Step.COLLECTION_DROPPED);
    Set<WrittenRows> rows = new LinkedHashSet<>();
    registry.all(gone.identity(), Call.UNLIMITED).heads().forEach(head -> rows.add(head.rows()));
    registry
        .leavings()
        .intentsOf(gone.identity(), Call.UNLIMITED)
        .forEach(intent -> rows.add(intent.rows()));
    shared.contents().delete(keys(rows, WrittenRows::pieceKeys), Call.UNLIMITED);
    steps.done(Step.CONTENT_OF_CORPUS_REMOVED);
    registry.leavings().forgetCorpus(gone.identity(), Call.UNLIMITED);
    steps.done(Step.CORPUS_FORGOTTEN);
  }

  private void dropChunks(CorpusId id, String collection) {
    aliases.drop(server.alias(id), collection, Call.UNLIMITED);
    if (server.schema().exists(collection, Call.UNLIMITED)) {
      aliases.dropCollection(collection, Call.UNLIMITED);
    }
  }

  /** Finishes what others left, and forgets what every replica knows of. */
  void sweep() {
    long old = System.currentTimeMillis() - abandoned.toMillis();
    sweep(old, old - abandoned.toMillis());
  }

  /**
   * The same with other times, in epoch milliseconds.
   *
   * @param old whoever began before that and is not done never will be
   * @param known what happened before that, every replica knows
   */
  void sweep(long old, long known) {
    Registry registry = server.prepared(Call.UNLIMITED).registry();
    Leavings leavings = registry.leavings();
    cleanAll(
        leavings.intentsBefore(old, Call.UNLIMITED).stream()
            .map(intent -> new Due(intent, System.nanoTime(), Stage.USUAL))
            .toList());
    leavings
        .creationsBefore(old, Call.UNLIMITED)
        .forEach((identity, id) -> quietly(() -> endCreation(registry, identity, id)));
    leavings.goneBefore(old, Call.UNLIMITED).forEach(gone -> quietly(() -> remove(gone)));
    leavings.forgetEnds(known, Call.UNLIMITED);
    leavings.forgetSettings(known, Call.UNLIMITED);
  }

  private void endCreation(Registry registry, String identity, CorpusId id) {
    if (registry.corpus(identity, Call.UNLIMITED).isEmpty()) {
      dropChunks(id, server.names().chunks(id, identity));
    }
    registry.created(identity, Call.UNLIMITED);
  }

  /** What is not done yet is left to a sweep, of this server or another. */
  @Override
  public void close() {
    closed = true;
    periodic.forEach(Timer.Scheduled::cancel);
  }
}
