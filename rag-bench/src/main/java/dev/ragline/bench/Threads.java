package dev.ragline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Several threads at one piece of work. */
final class Threads {
  private Threads() {}

  /** One part of the work. */
  interface Part {
    void run(int part) throws Exception;
  }

  /**
   * Runs the parts 0 to {@code parts} − 1 on so many threads, in this order, and waits for all.
   * When one fails, the others are interrupted.
   */
  static void share(int threads, int parts, Part part)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  for (int n = next.getAndIncrement(); n < parts; n = next.getAndIncrement()) {
                    part.run(n);
                  }
                  return parts;
                }));
      }
      try {
        for (Future<?> each : all) {
          each.get();
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }
}
