package dev.ragline.execution;

import dev.ragline.call.Priority;
import dev.ragline.document.CorpusId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which work is next. Interactive work may have all cores, and begins also while batches have them:
 * the operating system then shares the cores out, so that a question need not wait for a piece of
 * an ingest to end. Batches get the cores that are left; a batch that waited long gets one anyway.
 * Guarded by the pool's lock.
 */
final class ComputeQueue {
  /** So long no batch may be kept from running. */
  private static final long LONGEST_BATCH_WAIT = Duration.ofMillis(200).toNanos();

  private final int cores;
  private final Line interactive = new Line();
  private final Line batch = new Line();

  ComputeQueue(int cores) {
    this.cores = cores;
  }

  /** Work of one priority, a queue for each corpus; the corpora take turns. */
  private static final class Line {
    private final Map<Optional<CorpusId>, Deque<ComputeTask<?>>> queues = new LinkedHashMap<>();
    private int waiting;
    private int running;

    void add(ComputeTask<?> task) {
      queues.computeIfAbsent(key(task), corpus -> new ArrayDeque<>()).add(task);
      waiting++;
    }

    boolean remove(ComputeTask<?> task) {
      Deque<ComputeTask<?>> queue = queues.get(key(task));
      if (queue == null || !queue.remove(task)) {
        return false;
      }
      if (queue.isEmpty()) {
        queues.remove(key(task));
      }
      waiting--;
      return true;
    }

    /** The first task of the corpus whose turn it is, which goes to the end of the line then. */
    ComputeTask<?> begin() {
      var first = queues.entrySet().iterator().next();
      ComputeTask<?> task = first.getValue().remove();
      queues.remove(first.getKey());
      if (!first.getValue().isEmpty()) {
        queues.put(first.getKey(), first.getValue());
      }
      waiting--;
      running++;
      return task;
    }

    /** For how long the one has waited whose turn it is; -1 where nobody waits. */
    long waited(long now) {
      return waiting == 0 ? -1 : now - queues.values().iterator().next().element().since;
    }

    private static Optional<CorpusId> key(ComputeTask<?> task) {
      return Optional.ofNullable(task.corpus);
    }
  }

  private Line line(Priority priority) {
    return switch (priority) {
      case INTERACTIVE -> interactive;
      case BATCH -> batch;
    };
  }

  void add(ComputeTask<?> task) {
    line(task.priority).add(task);
  }

  /** Takes a task out that has not begun; false where it has. */
  boolean remove(ComputeTask<?> task) {
    return line(task.priority).remove(task);
  }

  /** Whether a task of a priority may begin now. */
  boolean mayBegin(Priority priority, long now) {
    return switch (priority) {
      case INTERACTIVE -> interactive.waiting > 0 && interactive.running < cores;
      case BATCH -> batch.waiting > 0 && (hasFreeCore() || isBatchDue(now));
    };
  }

  private boolean isBatchDue(long now) {
    return batch.running == 0 && batch.waited(now) >= LONGEST_BATCH_WAIT;
  }

  /** The task of a priority that begins now; null where none may. */
  @Nullable ComputeTask<?> next(Priority priority, long now) {
    return mayBegin(priority, now) ? line(priority).begin() : null;
  }

  /** A task that {@link #next} gave has ended. */
  void ended(ComputeTask<?> task) {
    line(task.priority).running--;
  }

  /** Whether any task would begin at once. */
  boolean hasFreeCore() {
    return waiting(Priority.INTERACTIVE) == 0 && running() < cores;
  }

  int waiting(Priority priority) {
    return line(priority).waiting;
  }

  int running(Priority priority) {
    return line(priority).running;
  }

  /** Tasks that run, of both priorities. */
  int running() {
    return interactive.running + batch.running;
  }
}
