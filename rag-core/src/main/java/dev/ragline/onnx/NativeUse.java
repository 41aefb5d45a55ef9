package dev.ragline.onnx;

import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps native memory for as long as somebody uses it: native code that reads what was freed ends
 * the process, or reads something else. Safe for many threads.
 */
public final class NativeUse {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean freed;

  /** Something done with the memory. */
  @FunctionalInterface
  public interface Use<R, E extends Exception> {
    R use() throws E;
  }

  /** Gives the memory back. */
  @FunctionalInterface
  public interface Free<E extends Exception> {
    void free() throws E;
  }

  /**
   * Uses the memory, at the same time as others.
   *
   * @throws RagException UNAVAILABLE when it was freed
   */
  public <R, E extends Exception> R during(Use<R, E> use) throws E {
    lock.readLock().lock();
    try {
      if (freed) {
        throw RagException.unavailable(
            "SERVER_STOPPING", "the server is shutting down", Duration.ofSeconds(1), null);
      }
      return use.use();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Frees the memory once, when nobody uses it any more. */
  public <E extends Exception> void afterwards(Free<E> free) throws E {
    lock.writeLock().lock();
    try {
      if (!freed) {
        freed = true;
        free.free();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
