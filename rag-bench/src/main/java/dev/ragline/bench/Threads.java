package dev.ragline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads at the same work. */
final class Threads {
  private Threads() {}

  /** A piece of work that each of several threads does. */
  interface Work {
    void run(int thread) throws Exception;
  }

  /** Runs it on so many threads, and waits for all of them. */
  static void atOnce(int threads, Work work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            pool.submit(
                () -> {
                  work.run(thread);
                  return thread;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }
}
