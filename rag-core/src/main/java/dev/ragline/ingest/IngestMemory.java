package dev.ragline.ingest;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what all documents on their way into the store hold in memory: bytes that have arrived,
 * texts, chunks and vectors. When there is no room, new documents are refused, and those that are
 * on their way wait; the one that came first never does, so that it can end and leave its room to
 * the others. Nothing here waits or computes while it holds the lock.
 */
public final class IngestMemory {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();

  /** Shares that hold something, the first that came first. */
  private final Set<Share> holders = new LinkedHashSet<>();

  private long used;

  /**
   * @param capacity the bytes that all documents together may hold
   */
  public IngestMemory(long capacity) {
    this.capacity = capacity;
  }

  /** Two fifths of the heap. */
  public static IngestMemory ofHeap() {
    return new IngestMemory(Runtime.getRuntime().maxMemory() / 5 * 2);
  }

  /** For one document at a time, of whatever size. */
  static IngestMemory unbounded() {
    return new IngestMemory(Long.MAX_VALUE);
  }

  /** A document's share, of nothing yet. */
  public Share share() {
    return new Share();
  }

  /** The bytes that are held now. */
  public long used() {
    lock.lock();
    try {
      return used;
    } finally {
      lock.unlock();
    }
  }

  /** What one document holds. Used by one thread at a time; closed by any. */
  public final class Share implements AutoCloseable {
    private long held;
    private boolean closed;

    /** What happens when there is room for {@link #wanted} bytes; null where nobody waits. */
    private @Nullable Runnable then;

    private long wanted;

    private Share() {}

    /**
     * Adds bytes that are here already, and has something happen as soon as there is room for as
     * many again: at once, or on another thread's way out.
     *
     * @param next does no work itself
     * @throws RagException RESOURCE_EXHAUSTED for the first bytes of a document that has no room
     */
    public void add(long bytes, Runnable next) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        if (!holders.contains(this) && !holders.isEmpty() && used + bytes > capacity) {
          throw full();
        }
        hold(bytes);
        if (!hasRoom(this, bytes)) {
          await(bytes, next);
          return;
        }
      } finally {
        lock.unlock();
      }
      next.run();
    }

    /** Gives back a part of what is held, as it is in memory no more. */
    public void give(long bytes) {
      List<Runnable> ready;
      lock.lock();
      try {
        if (closed) {
          return;
        }
        held -= bytes;
        used -= bytes;
        ready = ready();
      } finally {
        lock.unlock();
      }
      ready.forEach(Runnable::run);
    }

    /**
     * Takes room for what will be needed, as soon as there is any.
     *
     * @throws RagException DEADLINE_EXCEEDED or CANCELLED when that does not come
     */
    public void take(long bytes, Call call) {
      CountDownLatch room = new CountDownLatch(1);
      lock.lock();
      try {
        if (closed || hasRoom(this, bytes)) {
          hold(bytes);
          return;
        }
        var _ = holders.add(this);
        await(bytes, room::countDown);
      } finally {
        lock.unlock();
      }
      await(room, call);
      lock.lock();
      try {
        // Others may have been quicker; they end, and what is too much then is little.
        hold(bytes);
      } finally {
        lock.unlock();
      }
    }

    private void await(CountDownLatch room, Call call) {
      try {
        while (!room.await(call.remaining(LONGEST_WAIT).toNanos(), TimeUnit.NANOSECONDS)) {
          call.check("memory is free for the document");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        call.check("memory is free for the document");
      }
    }

    private void await(long bytes, Runnable next) {
      wanted = bytes;
      then = next;
    }

    private void hold(long bytes) {
      if (!closed) {
        var _ = holders.add(this);
        held += bytes;
        used += bytes;
      }
    }

    /** Gives all of it back; what is added later is not counted. */
    @Override
    public void close() {
      List<Runnable> ready;
      lock.lock();
      try {
        if (closed) {
          return;
        }
        closed = true;
        used -= held;
        var _ = holders.remove(this);
        ready = ready();
      } finally {
        lock.unlock();
      }
      ready.forEach(Runnable::run);
    }
  }

  /** Whether a document may hold so much more. */
  private boolean hasRoom(Share share, long bytes) {
    return used + bytes <= capacity || holders.isEmpty() || holders.iterator().next() == share;
  }

  /** What those wait for that have room now; they wait no more. */
  private List<Runnable> ready() {
    List<Runnable> ready = new ArrayList<>();
    long planned = 0;
    for (Share share : holders) {
      if (share.then != null && hasRoom(share, planned + share.wanted)) {
        ready.add(share.then);
        planned += share.wanted;
        share.then = null;
      }
    }
    return ready;
  }

  private static RagException full() {
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "INGEST_MEMORY_FULL",
        "the documents that are being written take all the memory that there is for them",
        new ErrorDetail.Retry(SOON));
  }
}
