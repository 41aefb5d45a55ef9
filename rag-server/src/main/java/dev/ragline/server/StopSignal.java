package dev.ragline.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM, SIGINT and SIGHUP, taken before the JVM takes them. The JVM would run its shutdown hooks
 * at once and all at the same time, among them those of libraries: ONNX Runtime's frees what
 * inferences still use, and the process dies of SIGSEGV in the middle of its drain. Here the first
 * signal only tells whoever waits for it; the JVM's own end comes when all is closed.
 */
final class StopSignal {
  /** What shells add to a signal's number when it ended a process. */
  private static final int ENDED_BY = 128;

  private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
  private static final int CUT_OFF = 1;

  private final CountDownLatch came = new CountDownLatch(1);
  private final AtomicBoolean first = new AtomicBoolean(true);
  private volatile @Nullable Duration longest;

  private StopSignal() {}

  /** Takes the signals. Until {@link #drainFirst} each of them ends the process at once. */
  static StopSignal take() {
    StopSignal signal = new StopSignal();
    NUMBERS.forEach(
        (name, number) -> {
          var _ = Signals.register(name, () -> signal.arrived(ENDED_BY + number));
        });
    return signal;
  }

  /**
   * From now on the first signal lets the process end by itself, within the given time; a second
   * one ends it at once.
   */
  void drainFirst(Duration within) {
    longest = within;
  }

  /** Waits for the first signal. */
  void await() throws InterruptedException {
    came.await();
  }

  /**
   * Runs on a thread that the JVM makes for each signal, and stays on it to watch over the end:
   * native code cannot be interrupted, but it can be left behind.
   */
  private void arrived(int exitCode) {
    Duration within = longest;
    if (within == null || !first.compareAndSet(true, false)) {
      Runtime.getRuntime().halt(exitCode);
      return;
    }
    came.countDown();
    try {
      TimeUnit.NANOSECONDS.sleep(within.toNanos());
      System.err.println(
          "rag: what runs did not end within %d s; it is cut off".formatted(within.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(CUT_OFF);
    }
  }
}
