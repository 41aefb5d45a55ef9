package dev.ragline.execution;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All threads of a process, by what they are for. Opened before all else, and closed after it. */
public final class Execution implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Execution.class);
  private static final Duration LAST_WORK = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** More writers at once make no disk faster. */
  private static final int MOST_FILES = 32;

  /** With one thread, a merge of minutes would hold up the short ones that writers wait for. */
  private static final int FEWEST_IN_BACKGROUND = 2;

  private final ComputePool compute;
  private final WaitingThreads waiting = new WaitingThreads();
  private final Timer timer = new Timer(waiting);
  private final ThreadPoolExecutor callbacks;
  private final ThreadPoolExecutor files;
  private final ThreadPoolExecutor background;

  /**
   * @param cores pieces of computing work at once
   */
  public Execution(int cores) {
    this.compute = new ComputePool(cores);
    this.callbacks = pool("callback", Math.max(2, cores));
    this.files = pool("files", MOST_FILES);
    this.background = pool("background", Math.max(FEWEST_IN_BACKGROUND, cores / 2));
  }

  /** As many as this machine has. */
  public static int availableCores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static ThreadPoolExecutor pool(String name, int most) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name(name + "-", 0).factory();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most, most, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** For what computes. */
  public ComputePool compute() {
    return compute;
  }

  /** For what waits. */
  public WaitingThreads waiting() {
    return waiting;
  }

  /** For what is to happen later. */
  public Timer timer() {
    return timer;
  }

  /** For gRPC's callbacks, which never wait: nothing else runs there. */
  public ExecutorService callbacks() {
    return callbacks;
  }

  /** For opening and writing files: nobody interrupts these threads. */
  public ExecutorService files() {
    return files;
  }

  /**
   * For long work on files that nobody waits for, such as merges: on half the cores, two at least.
   */
  public ExecutorService background() {
    return background;
  }

  /** How all of them stand. */
  public ExecutionStats stats() {
    return new ExecutionStats(
        compute.stats(),
        waiting.running(),
        callbacks.getQueue().size(),
        files.getActiveCount(),
        files.getQueue().size(),
        background.getActiveCount(),
        background.getQueue().size());
  }

  /**
   * Takes no more computing work and waits for what runs. What is read by such work, a model's
   * memory above all, may be freed after this only.
   *
   * @return whether all of it has ended
   */
  public boolean closeCompute() {
    compute.close();
    try {
      return compute.awaitIdle(LAST_WORK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends all threads but those that wait, which end by themselves. */
  @Override
  public void close() {
    if (!closeCompute()) {
      log.warn("computing work has not ended");
    }
    timer.close();
    files.shutdown();
    background.shutdown();
    callbacks.shutdown();
  }
}
