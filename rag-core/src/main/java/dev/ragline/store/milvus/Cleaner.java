package dev.ragline.store.milvus;

import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.RagException;
import dev.ragline.store.milvus.Replacement.Step;
import dev.ragline.store.milvus.Replacement.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("milvus-cleaner").factory());

  /**
   * A write whose leavings are to be removed.
   *
   * @param nanoTime when
   * @param waited whether it was already found not to hold, and its readers had time to end
   */
  private record Due(Intent intent, long nanoTime, boolean waited) {}

  Cleaner(Server server, Aliases aliases, Steps steps) {
    this.server = server;
    this.aliases = aliases;
    this.steps = steps;
    this.retention = server.config().retention();
    this.abandoned = server.config().abandoned();
    every(Duration.ofMillis(Math.clamp(retention.toMillis() / 4, 50, 5000)), this::cleanDue);
    every(Duration.ofSeconds(Math.clamp(abandoned.toSeconds(), 1, 60)), this::sweep);
    every(FLUSH_PERIOD, this::flush);
  }

  private void every(Duration period, Runnable work) {
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            () -> quietly(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What fails is left to a sweep. */
  private static void quietly(Runnable work) {
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
    later(intent, false);
  }

  private void later(Intent intent, boolean waited) {
    waiting.add(new Due(intent, System.nanoTime() + retention.toNanos(), waited));
  }

  /** Has a corpus's rows removed when its readers are done. */
  void later(CorpusRow gone) {
    if (!thread.isShutdown()) {
      ScheduledFuture<?> _ =
          thread.schedule(
              () -> quietly(() -> remove(gone)), retention.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Has what was just written sealed soon: Milvus Lite searches what is not row by row. */
  void flushSoon(Table table) {
    unflushed.add(table);
  }

  private void flush() {
    for (Table table : List.copyOf(unflushed)) {
      unflushed.remove(table);
      table.flush(Deadline.NONE);
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
    Server.Prepared shared = server.prepared(Deadline.NONE);
    Registry registry = shared.registry();
    Registry.Changes changes =
        registry.current(identity, writes.stream().map(Due::intent).toList(), Deadline.NONE);
    Map<String, Head> current = Registry.holding(changes.heads());
    List<Intent> done = new ArrayList<>();
    List<WrittenRows> unused = new ArrayList<>();
    for (Due write : writes) {
      Intent intent = write.intent();
      Head head = current.get(intent.id().value());
      String holds = head == null ? "" : head.write();
      if (!holds.equals(intent.rows().write()) && !write.waited()) {
        // Another write may have come later without knowing of this one, so that nobody else
        // counts the time of its readers.
        later(intent, true);
        continue;
      }
      done.add(intent);
      unused.addAll(intent.replaces());
      unused.add(intent.rows());
      unused.removeIf(rows -> rows.write().equals(holds));
    }
    removeChunks(registry, identity, unused);
    steps.done(Step.OLD_CHUNKS_REMOVED);
    shared.contents().delete(keys(unused.stream().map(WrittenRows::pieceKeys)), Deadline.NONE);
    steps.done(Step.OLD_CONTENT_REMOVED);
    List<String> heads = unused.stream().map(WrittenRows::write).toList();
    registry.forgetHeads(identity, heads, Deadline.NONE);
    steps.done(Step.OLD_HEADS_REMOVED);
    registry.forget(done, Deadline.NONE);
    steps.done(Step.INTENT_REMOVED);
  }

  private static List<String> keys(java.util.stream.Stream<List<String>> keys) {
    return keys.flatMap(List::stream).toList();
  }

  private void removeChunks(Registry registry, String identity, List<WrittenRows> unused) {
    List<String> keys = keys(unused.stream().map(WrittenRows::chunkKeys));
    if (!keys.isEmpty()) {
      registry
          .corpus(identity, Deadline.NONE)
          .map(CorpusRow::collection)
          .filter(collection -> server.schema().exists(collection, Deadline.NONE))
          .ifPresent(collection -> server.chunks(collection).delete(keys, Deadline.NONE));
    }
  }

  /** Removes all of a corpus that is gone. */
  private void remove(CorpusRow gone) {
    Server.Prepared shared = server.prepared(Deadline.NONE);
    Registry registry = shared.registry();
    dropChunks(gone.corpus().id(), gone.collection());
    List<String> pieces = new ArrayList<>();
    registry
        .all(gone.identity(), Deadline.NONE)
        .heads()
        .forEach(head -> pieces.addAll(head.rows().pieceKeys()));
    registry
        .intentsOf(gone.identity(), Deadline.NONE)
        .forEach(intent -> pieces.addAll(intent.rows().pieceKeys()));
    shared.contents().delete(pieces, Deadline.NONE);
    registry.forgetCorpus(gone.identity(), Deadline.NONE);
  }

  private void dropChunks(CorpusId id, String collection) {
    aliases.drop(server.alias(id), collection, Deadline.NONE);
    if (server.schema().exists(collection, Deadline.NONE)) {
      aliases.dropCollection(collection, Deadline.NONE);
    }
  }

  /** Finishes what others left, and removes ends of documents that every replica knows of. */
  void sweep() {
    Registry registry = server.prepared(Deadline.NONE).registry();
    long old = System.currentTimeMillis() - abandoned.toMillis();
    cleanAll(
        registry.intentsBefore(old, Deadline.NONE).stream()
            .map(intent -> new Due(intent, System.nanoTime(), false))
            .toList());
    for (Map.Entry<String, CorpusId> creation :
        registry.creationsBefore(old, Deadline.NONE).entrySet()) {
      endCreation(registry, creation.getKey(), creation.getValue());
    }
    for (CorpusRow corpus : registry.corpora(Deadline.NONE)) {
      if (corpus.deleted() && corpus.stamp().millis() < old) {
        remove(corpus);
      }
    }
    registry.forgetEnds(old - abandoned.toMillis(), Deadline.NONE);
  }

  private void endCreation(Registry registry, String identity, CorpusId id) {
    if (registry.corpus(identity, Deadline.NONE).isEmpty()) {
      dropChunks(id, server.names().chunks(id, identity));
    }
    registry.created(identity, Deadline.NONE);
  }

  /** What is not done yet is left to a sweep, of this server or another. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
