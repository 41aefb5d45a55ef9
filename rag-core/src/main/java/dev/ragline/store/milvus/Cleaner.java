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
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes rows that nobody reads any more: of replaced revisions, of writes that failed or that a
 * crash ended, of corpora that are gone. Does nothing that cannot be done twice, also by two
 * replicas at once.
 */
final class Cleaner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cleaner.class);

  private final Server server;
  private final Aliases aliases;
  private final Steps steps;
  private final Duration retention;
  private final Duration abandoned;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("milvus-cleaner").factory());

  Cleaner(Server server, Aliases aliases, Steps steps) {
    this.server = server;
    this.aliases = aliases;
    this.steps = steps;
    this.retention = server.config().retention();
    this.abandoned = server.config().abandoned();
    long period = Math.max(1, Math.min(60, abandoned.toSeconds()));
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(this::sweepQuietly, period, period, TimeUnit.SECONDS);
  }

  /** Has a write's leavings removed when its readers are done. */
  void later(Intent intent) {
    later(() -> clean(intent, false));
  }

  /** Has a corpus's rows removed when its readers are done. */
  void later(CorpusRow gone) {
    later(() -> remove(gone));
  }

  private void later(Runnable work) {
    if (!thread.isShutdown()) {
      ScheduledFuture<?> _ =
          thread.schedule(() -> quietly(work), retention.toMillis(), TimeUnit.MILLISECONDS);
    }
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

  /**
   * Removes what a write left.
   *
   * @param waited whether it was already found not to hold, and its readers had time to end
   */
  private void clean(Intent intent, boolean waited) {
    Server.Prepared shared = server.prepared(Deadline.NONE);
    Registry registry = shared.registry();
    Optional<Head> current = registry.current(intent, Deadline.NONE);
    String holds = current.map(Head::write).orElse("");
    if (!holds.equals(intent.rows().write()) && !waited) {
      // Another write may have come later without knowing of this one, so that nobody else counts
      // the time of its readers.
      later(() -> clean(intent, true));
      return;
    }
    List<WrittenRows> unused = new ArrayList<>(intent.replaces());
    unused.add(intent.rows());
    unused.removeIf(rows -> rows.write().equals(holds));
    removeChunks(intent.identity(), unused);
    steps.done(Step.OLD_CHUNKS_REMOVED);
    List<String> pieces = unused.stream().flatMap(rows -> rows.pieceKeys().stream()).toList();
    shared.contents().delete(pieces, Deadline.NONE);
    steps.done(Step.OLD_CONTENT_REMOVED);
    List<String> writes = unused.stream().map(WrittenRows::write).toList();
    registry.forgetHeads(intent.identity(), writes, Deadline.NONE);
    steps.done(Step.OLD_HEADS_REMOVED);
    registry.forget(intent, Deadline.NONE);
    steps.done(Step.INTENT_REMOVED);
  }

  private void removeChunks(String identity, List<WrittenRows> unused) {
    List<String> keys = unused.stream().flatMap(rows -> rows.chunkKeys().stream()).toList();
    Optional<CorpusRow> corpus =
        server.prepared(Deadline.NONE).registry().corpus(identity, Deadline.NONE);
    if (!keys.isEmpty()
        && corpus.isPresent()
        && server.schema().exists(corpus.get().collection(), Deadline.NONE)) {
      server.chunks(corpus.get().collection()).delete(keys, Deadline.NONE);
    }
  }

  /** Removes all of a corpus that is gone. */
  private void remove(CorpusRow gone) {
    Server.Prepared shared = server.prepared(Deadline.NONE);
    aliases.drop(server.alias(gone.corpus().id()), gone.collection(), Deadline.NONE);
    if (server.schema().exists(gone.collection(), Deadline.NONE)) {
      aliases.dropCollection(gone.collection(), Deadline.NONE);
    }
    List<String> pieces = new ArrayList<>();
    shared
        .registry()
        .all(gone.identity(), Deadline.NONE)
        .heads()
        .forEach(head -> pieces.addAll(head.rows().pieceKeys()));
    shared.registry().intentsOf(gone.identity(), Deadline.NONE).stream()
        .flatMap(intent -> intent.rows().pieceKeys().stream())
        .forEach(pieces::add);
    shared.contents().delete(pieces, Deadline.NONE);
    shared.registry().forgetCorpus(gone.identity(), Deadline.NONE);
  }

  private void sweepQuietly() {
    quietly(this::sweep);
  }

  /** Finishes what others left, and removes ends of documents that every replica knows of. */
  void sweep() {
    Registry registry = server.prepared(Deadline.NONE).registry();
    long old = System.currentTimeMillis() - abandoned.toMillis();
    for (Intent intent : registry.intentsBefore(old, Deadline.NONE)) {
      clean(intent, false);
    }
    for (Map.Entry<String, CorpusId> creation :
        registry.creationsBefore(old, Deadline.NONE).entrySet()) {
      endCreation(registry, creation.getKey(), creation.getValue());
    }
    for (CorpusRow corpus : registry.corpora(Deadline.NONE)) {
      if (corpus.deleted() && corpus.stamp().millis() < old) {
        remove(corpus);
      }
    }
    long older = old - abandoned.toMillis();
    registry.forgetEnds(older, Deadline.NONE);
  }

  private void endCreation(Registry registry, String identity, CorpusId id) {
    if (registry.corpus(identity, Deadline.NONE).isEmpty()) {
      String collection = server.names().chunks(id, identity);
      aliases.drop(server.alias(id), collection, Deadline.NONE);
      if (server.schema().exists(collection, Deadline.NONE)) {
        aliases.dropCollection(collection, Deadline.NONE);
      }
    }
    registry.created(identity, Deadline.NONE);
  }

  /** What is not done yet is left to a sweep, of this server or another. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
