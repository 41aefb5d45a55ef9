package dev.ragline.bench;

import dev.ragline.v1.OnDisconnect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Readers that stop in the middle of answers which a language model floods: what they cost the
 * server, whether it goes on reading from the model, and what other clients notice.
 */
@Command(
    name = "rag-bench/run readers",
    description = "Measures what readers cost that stop reading, and what others notice of them.",
    mixinStandardHelpOptions = true)
public final class ReaderBenchmark implements Callable<Integer> {
  private static final int CLIENTS = 4;
  private static final int WARM_UP = 60;

  /** More than can be on the way, so that the server has to go on reading from the model. */
  private static final int WORDS = 2000;

  private static final double MOST_KIB = 256;
  private static final double MOST_SLOWER = 1.5;

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Option(
      names = "--readers",
      defaultValue = "100",
      description = "Clients that stop reading (default 100).")
  private int readers;

  @Option(names = "--seconds", defaultValue = "60", description = "How long they do (default 60).")
  private int seconds;

  /** In KiB: the heap that is alive, that the JVM has taken, and what else is resident. */
  private record Memory(double live, double heap, double beside) {
    static Memory of(ServerProcess server) throws IOException, InterruptedException {
      ServerProcess.Heap heap = server.heap();
      double resident = server.memoryMb("VmRSS");
      return new Memory(
          heap.liveMb() * 1024, heap.committedMb() * 1024, (resident - heap.committedMb()) * 1024);
    }

    Memory perStream(Memory before, int streams) {
      return new Memory(
          (live - before.live) / streams,
          (heap - before.heap) / streams,
          (beside - before.beside) / streams);
    }
  }

  /** What was measured with one way of on_disconnect. */
  private record Figures(
      Memory memory,
      double upstreamKib,
      boolean paused,
      double alone,
      double beside,
      boolean closed) {}

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%d readers stop for %d s; %d other clients%n%n| on_disconnect | live heap a stream | heap"
            + " taken | beside the heap | from the model a stream | upstream paused | others' p99"
            + " before, beside | closed |%n|---|---|---|---|---|---|---|---|%n",
        readers,
        seconds,
        CLIENTS);
    boolean met = true;
    for (OnDisconnect way :
        List.of(OnDisconnect.ON_DISCONNECT_CANCEL, OnDisconnect.ON_DISCONNECT_CONTINUE)) {
      Figures figures = measure(way);
      met &= report(way, figures);
    }
    return met ? 0 : 1;
  }

  private static boolean report(OnDisconnect way, Figures figures) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f KiB | %.0f KiB | %.0f KiB | %.0f KiB | %s | %s ms, %s ms: %.2f × | %s |%n",
        way.name().replace("ON_DISCONNECT_", ""),
        figures.memory().live(),
        figures.memory().heap(),
        figures.memory().beside(),
        figures.upstreamKib(),
        figures.paused() ? "yes" : "NO",
        Samples.readable(figures.alone()),
        Samples.readable(figures.beside()),
        figures.beside() / figures.alone(),
        figures.closed() ? "yes" : "NO");
    return figures.memory().live() <= MOST_KIB
        && figures.paused()
        && figures.closed()
        && figures.beside() <= MOST_SLOWER * figures.alone();
  }

  private Figures measure(OnDisconnect way) throws IOException, InterruptedException {
    try (FloodLlm llm = new FloodLlm();
        ServerProcess server = ServerProcess.start(dist, ServerProcess.llm(llm.baseUrl()));
        MainJob job = new MainJob(server.address(), Documents.read(guide))) {
      job.recreateCorpusThatAnswersAll();
      var unused = job.ingest();
      var unusedToo = job.load(WARM_UP, CLIENTS);
      double alone = p99(job);
      Memory before = Memory.of(server);
      try (StoppedReaders stopped =
          new StoppedReaders(server.address(), MainJob.CORPUS, readers, way)) {
        boolean paused = awaitStandstill(llm);
        long standing = llm.floodedBytes();
        // Before the others' next answers, which are kept for a while and are not the readers'.
        Memory memory = Memory.of(server).perStream(before, readers);
        double beside = p99(job);
        paused &= llm.floodedBytes() == standing;
        stopped.readOn(WORDS);
        if (way == OnDisconnect.ON_DISCONNECT_CONTINUE) {
          stopped.cancel();
        }
        stopped.leave();
        boolean closed = await(() -> llm.openFloods() == 0);
        return new Figures(memory, standing / 1024.0 / readers, paused, alone, beside, closed);
      }
    }
  }

  /** The 99th percentile of whole answers of other clients, over the given time. */
  private double p99(MainJob job) throws InterruptedException {
    return job.loadFor(Duration.ofSeconds(seconds), CLIENTS).percentileMillis(99);
  }

  private static boolean awaitStandstill(FloodLlm llm) throws InterruptedException {
    AtomicLong before = new AtomicLong(-1);
    return await(() -> before.getAndSet(llm.floodedBytes()) == llm.floodedBytes());
  }

  private static boolean await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 60; i++) {
      Thread.sleep(1000);
      if (condition.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new ReaderBenchmark()).execute(args));
  }
}
