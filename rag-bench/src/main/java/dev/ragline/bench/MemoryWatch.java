package dev.ragline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a server's memory every half second; Linux only. */
final class MemoryWatch implements AutoCloseable {
  private static final int EVERY_MILLIS = 500;

  private final ServerProcess server;
  private final List<Sample> samples = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /** In MB of 2^20 bytes: its own, and the files that it has mapped and read. */
  private record Sample(double own, double mapped) {}

  MemoryWatch(ServerProcess server) {
    this.server = server;
    var _ = clock.scheduleAtFixedRate(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    try {
      samples.add(new Sample(server.memoryMb("RssAnon"), server.memoryMb("RssFile")));
    } catch (IOException e) {
      // The server has ended: so does this.
      clock.shutdown();
    }
  }

  /** The most of its own memory that the server had. */
  synchronized double mostOwn() {
    return samples.stream().mapToDouble(Sample::own).max().orElse(0);
  }

  /** Rows of a table, one for each tenth of the time: the most in it. */
  synchronized String rows(String what) {
    StringBuilder rows = new StringBuilder();
    int parts = 10;
    for (int part = 0; part < parts; part++) {
      List<Sample> some =
          samples.subList(
              (int) ((long) samples.size() * part / parts),
              (int) ((long) samples.size() * (part + 1) / parts));
      rows.append(
          String.format(
              Locale.ROOT,
              "| %s, tenth %d | %.0f MB | %.0f MB |%n",
              what,
              part + 1,
              some.stream().mapToDouble(Sample::own).max().orElse(0),
              some.stream().mapToDouble(Sample::mapped).max().orElse(0)));
    }
    return rows.toString();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
