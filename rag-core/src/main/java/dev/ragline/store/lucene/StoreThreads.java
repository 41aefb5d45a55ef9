package dev.ragline.store.lucene;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Threads that nobody interrupts, for all work that opens or writes files. They are platform
 * threads: building a vector graph computes for long, and would keep virtual threads from running.
 */
final class StoreThreads implements Executor, AutoCloseable {
  private final Executor executor;
  private volatile boolean closed;

  /**
   * @param executor threads that nobody interrupts
   */
  StoreThreads(Executor executor) {
    this.executor = executor;
  }

  /** Work on files that gives something. */
  @FunctionalInterface
  interface FileWork<T> {
    T run() throws IOException;
  }

  /** Work on files. */
  @FunctionalInterface
  interface FileAction {
    void run() throws IOException;
  }

  /**
   * Runs {@code work} on a thread of these.
   *
   * @throws dev.ragline.document.RagException UNAVAILABLE after {@link #close}
   */
  @Override
  public void execute(Runnable work) {
    if (closed) {
      throw StoreFailures.closed();
    }
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      throw StoreFailures.closed();
    }
  }

  /** Runs {@code work} and waits until it is done, however often the caller is interrupted. */
  <T> T call(FileWork<T> work) throws IOException {
    CompletableFuture<T> done = new CompletableFuture<>();
    execute(
        () -> {
          try {
            done.complete(work.run());
          } catch (IOException | RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    try {
      return done.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }

  /** The same for work that gives nothing. */
  void run(FileAction work) throws IOException {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public void close() {
    closed = true;
  }
}
