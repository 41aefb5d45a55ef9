package dev.ragline.bench;

import dev.ragline.bench.ScaleSet.Part;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.execution.Execution;
import dev.ragline.execution.ExecutionStats;
import dev.ragline.filter.Filter;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fills the embedded store with very many chunks, and asks while it is filled and after. */
@Command(
    name = "rag-bench/run scale",
    description = "Times the embedded store with very many chunks, in this process.",
    mixinStandardHelpOptions = true)
public final class ScaleBenchmark implements Callable<Integer> {
  private static final CorpusId CORPUS = new CorpusId("bench");
  private static final int LIMIT = 10;
  private static final int WARM_UPS = 300;

  /**
   * Tells how long a search was on a processor, which other work on the machine does not change.
   */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration QUIET = Duration.ofSeconds(3);

  @Option(names = "--chunks", defaultValue = "1000000", description = "Default 1000000.")
  private int chunks;

  @Option(names = "--dimension", defaultValue = "384", description = "Default 384.")
  private int dimension;

  @Option(
      names = "--chunks-per-document",
      defaultValue = "100",
      description = "Chunks in a document (default 100).")
  private int chunksPerDocument;

  @Option(names = "--writers", defaultValue = "8", description = "Writers at once (default 8).")
  private int writers;

  @Option(names = "--questions", defaultValue = "1000", description = "Default 1000.")
  private int questions;

  @Option(
      names = "--exact",
      defaultValue = "300",
      description = "Questions whose answers are compared with exact search (default 300).")
  private int exactQuestions;

  @Option(names = "--seed", defaultValue = "1", description = "Of the vectors (default 1).")
  private long seed;

  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      description = "Keeps the store here; one that a run has filled is only searched.")
  private @Nullable Path kept;

  public static void main(String[] args) {
    System.exit(new CommandLine(new ScaleBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    ScaleSet set = new ScaleSet(seed, chunks, chunksPerDocument, dimension, questions);
    Report report = new Report();
    System.err.println("bench: comparing each vector with each question");
    ExactSearch exact = ExactSearch.of(set, Math.min(exactQuestions, questions), LIMIT);
    Path folder = kept == null ? Files.createTempDirectory("rag-bench-scale") : kept;
    try (ChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), BenchExecution.SHARED)) {
      report.add("resident before, not files", "MB", memoryMb("RssAnon"));
      if (store.corpora(null, 1).isEmpty()) {
        fill(store, set, report);
      }
      for (Part part : Part.values()) {
        measure(store, set, part, "", exact, report);
      }
      report.add("resident, not files", "MB", memoryMb("RssAnon"));
      report.add("resident, files of the index", "MB", memoryMb("RssFile"));
    }
    try (Execution one = new Execution(1);
        ChunkStore store = LuceneChunkStore.open(new LuceneStoreConfig(folder), one)) {
      measure(store, set, Part.ALL, " on one core", exact, report);
    }
    long onDisk = Folders.bytes(folder);
    report.add("on disk", "MB", onDisk / 1e6);
    report.add(
        "on disk, of the vectors and texts alone", "times", onDisk / (double) set.rawBytes());
    System.out.printf(
        Locale.ROOT,
        "%d chunks of %d components in %d documents, seed %d%n%n%s%n%s",
        set.chunks(),
        dimension,
        set.documents(),
        seed,
        report.table(),
        Folders.byEnding(folder));
    if (kept == null) {
      Folders.delete(folder);
    }
    return 0;
  }

  private static double memoryMb(String name) throws Exception {
    return ServerProcess.memoryMb(ProcessHandle.current(), name);
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** Writes all documents, with a question now and then, and waits until nothing is merged. */
  private void fill(ChunkStore store, ScaleSet set, Report report) throws Exception {
    store.createCorpus(
        SyntheticDocuments.corpus(CORPUS, dimension).withMetadataSchema(ScaleSet.SCHEMA, "etag"));
    double before = processorSeconds();
    long start = System.nanoTime();
    try (Asking asking = new Asking(store, set)) {
      Threads.share(
          writers,
          set.documents(),
          n -> {
            String _ = store.replaceDocument(CORPUS, set.document(n), Call.UNLIMITED);
            if (n % 100 == 0) {
              double minutes = (System.nanoTime() - start) / 60e9;
              System.err.printf(
                  "bench: %d of %d documents, %.1f min%n", n, set.documents(), minutes);
            }
          });
      double seconds = (System.nanoTime() - start) / 1e9;
      report.add("written, by " + writers + " writers", "s", seconds);
      report.add("written", "chunks/s", set.chunks() / seconds);
      report.add("written, processor time", "s", processorSeconds() - before);
      asking.report("while written", report);
      System.err.println("bench: merging");
      awaitMerges();
      report.add("written and merged", "s", (System.nanoTime() - start - QUIET.toNanos()) / 1e9);
      report.add("written and merged, processor time", "s", processorSeconds() - before);
      asking.report("while merged after that", report);
    }
  }

  /** Waits until no thread has merged anything for a while. */
  private static void awaitMerges() throws InterruptedException {
    long last = System.nanoTime();
    while (System.nanoTime() - last < QUIET.toNanos()) {
      ExecutionStats threads = BenchExecution.SHARED.stats();
      boolean merging = threads.backgroundRunning() + threads.backgroundQueued() > 0;
      last = merging ? System.nanoTime() : last;
      Thread.sleep(PACE);
    }
  }

  private void measure(
      ChunkStore store, ScaleSet set, Part part, String how, ExactSearch exact, Report report) {
    Filter filter = filter(part);
    for (int i = 0; i < WARM_UPS; i++) {
      List<Candidate> _ = search(store, set.questions()[i % questions], filter);
    }
    Latencies latencies = new Latencies();
    Latencies processor = new Latencies();
    int found = 0;
    for (int i = 0; i < questions; i++) {
      long before = System.nanoTime();
      long processorBefore = THREADS.getCurrentThreadCpuTime();
      List<Candidate> candidates = search(store, set.questions()[i], filter);
      processor.addNanos(THREADS.getCurrentThreadCpuTime() - processorBefore);
      latencies.addNanos(System.nanoTime() - before);
      if (i < exactQuestions) {
        Set<?> nearest = exact.nearest(part, i);
        for (Candidate candidate : candidates) {
          found += nearest.contains(candidate.chunk().id()) ? 1 : 0;
        }
      }
    }
    String what =
        (part == Part.ALL ? "search" : "search in 1 of " + part.of() + " documents") + how;
    report.add(what + ", p50", "ms", latencies.percentileMillis(50));
    report.add(what + ", p99", "ms", latencies.percentileMillis(99));
    report.add(what + ", of it on the processor, p50", "ms", processor.percentileMillis(50));
    report.add(what + ", of it on the processor, p99", "ms", processor.percentileMillis(99));
    report.add(
        what + ", recall@" + LIMIT,
        "",
        found / (double) (Math.min(exactQuestions, questions) * LIMIT));
  }

  private static Filter filter(Part part) {
    return part == Part.ALL ? Filter.ALL : FilterCompiler.compile(part.filter(), ScaleSet.SCHEMA);
  }

  private static List<Candidate> search(ChunkStore store, float[] question, Filter filter) {
    Call call = Call.within(Duration.ofMinutes(1));
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS, Freshness.DEFAULT, call)) {
      return snapshot.search(CandidateQuery.byVector(question, LIMIT).filtered(filter)).dense();
    }
  }

  /** One client that asks a question every {@link #PACE}, of a different part each time. */
  private static final class Asking implements AutoCloseable {
    private final ScheduledExecutorService client = Executors.newSingleThreadScheduledExecutor();
    private volatile Latencies latencies = new Latencies();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private int asked;

    Asking(ChunkStore store, ScaleSet set) {
      List<Filter> filters =
          List.of(filter(Part.ALL), filter(Part.HUNDREDTH), filter(Part.THOUSANDTH));
      var _ =
          client.scheduleAtFixedRate(
              () -> ask(store, set.questions()[asked % set.questions().length], filters),
              0,
              PACE.toMillis(),
              TimeUnit.MILLISECONDS);
    }

    private void ask(ChunkStore store, float[] question, List<Filter> filters) {
      try {
        long before = System.nanoTime();
        List<Candidate> _ = search(store, question, filters.get(asked++ % filters.size()));
        latencies.addNanos(System.nanoTime() - before);
      } catch (RuntimeException e) {
        failure.set(e);
        throw e;
      }
    }

    /** Reports all since the last report. */
    void report(String when, Report report) {
      RuntimeException failed = failure.get();
      if (failed != null) {
        throw failed;
      }
      Latencies until = latencies;
      latencies = new Latencies();
      report.add("search " + when + ", p50", "ms", until.percentileMillis(50));
      report.add("search " + when + ", p99", "ms", until.percentileMillis(99));
      report.add("search " + when + ", slowest", "ms", until.percentileMillis(100));
    }

    @Override
    public void close() {
      client.shutdown();
    }
  }
}
