package dev.ragline.bench;

import dev.ragline.call.Call;
import dev.ragline.document.ChunkId;
import dev.ragline.document.CorpusId;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.store.milvus.MilvusChunkStore;
import dev.ragline.store.milvus.MilvusStoreConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fills a store with many chunks, and searches them by vector; in this process, without gRPC. */
@Command(
    name = "rag-bench/run stores",
    description = "Times a store with many chunks: writing, searching, and what it finds.",
    mixinStandardHelpOptions = true)
public final class StoreBenchmark implements Callable<Integer> {
  private static final CorpusId CORPUS = new CorpusId("bench");
  private static final int LIMIT = 10;
  private static final int WRITERS = 4;
  private static final int WARM_UPS = 300;
  private static final int QUESTIONS = 1000;
  private static final int EXACT = 200;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description =
          "A Milvus, whose collections bench_… are replaced; the embedded store unless given.")
  private @Nullable URI address;

  @Option(names = "--token", defaultValue = "", description = "The token of the Milvus.")
  private String token = "";

  @Option(names = "--chunks", defaultValue = "100000", description = "Default 100000.")
  private int chunks;

  @Option(names = "--dimension", defaultValue = "384", description = "Default 384.")
  private int dimension;

  @Option(
      names = "--chunks-per-document",
      defaultValue = "100",
      description = "Chunks in a document (default 100).")
  private int chunksPerDocument;

  @Option(names = "--seed", defaultValue = "1", description = "Of the vectors (default 1).")
  private long seed;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StoreBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    VectorSet set = new VectorSet(seed, chunks, chunksPerDocument, dimension, QUESTIONS);
    Report report = new Report();
    URI milvus = address;
    if (milvus == null) {
      Path folder = Files.createTempDirectory("rag-bench-store");
      try (ChunkStore store =
          LuceneChunkStore.open(new LuceneStoreConfig(folder), BenchExecution.SHARED)) {
        fill(store, set, report);
        measure(store, set, report);
      }
      report.add("on disk", "MB", Folders.bytes(folder) / 1e6);
      Folders.delete(folder);
    } else {
      try (ChunkStore store = MilvusChunkStore.open(config(milvus), BenchExecution.SHARED);
          BareMilvus bare = new BareMilvus(milvus.toString(), token, "bench_bench")) {
        fill(store, set, report);
        long start = System.nanoTime();
        bare.settle();
        report.add(
            "sealed and loaded after the last write", "s", (System.nanoTime() - start) / 1e9);
        measure(store, set, report);
        compare(store, bare, set, report);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d chunks of %d components in %d documents, seed %d%n%n%s",
        set.chunks(),
        dimension,
        set.documents(),
        seed,
        report.table());
    return 0;
  }

  private MilvusStoreConfig config(URI milvus) {
    MilvusStoreConfig usual = MilvusStoreConfig.of(milvus);
    return new MilvusStoreConfig(
        milvus,
        token,
        usual.database(),
        usual.tls(),
        usual.connectTimeout(),
        Duration.ofMinutes(5),
        "bench",
        usual.index(),
        usual.shards(),
        usual.replicas(),
        usual.retention(),
        usual.abandoned());
  }

  private void fill(ChunkStore store, VectorSet set, Report report) throws Exception {
    store.corpora(null, Integer.MAX_VALUE).forEach(old -> store.deleteCorpus(old.id(), c -> {}));
    store.createCorpus(SyntheticDocuments.corpus(CORPUS, dimension));
    long start = System.nanoTime();
    Threads.share(
        WRITERS,
        set.documents(),
        n -> {
          String _ = store.replaceDocument(CORPUS, set.document(n), Call.UNLIMITED);
          if (n % 100 == 0) {
            System.err.printf("bench: %d of %d documents%n", n, set.documents());
          }
        });
    double seconds = (System.nanoTime() - start) / 1e9;
    report.add("written, by " + WRITERS + " writers", "s", seconds);
    report.add("written", "chunks/s", set.chunks() / seconds);
  }

  private static void measure(ChunkStore store, VectorSet set, Report report) throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      search(store, set.questions()[i % QUESTIONS]);
    }
    for (int clients : List.of(1, 16)) {
      Latencies latencies = new Latencies();
      long start = System.nanoTime();
      Threads.share(
          clients,
          QUESTIONS,
          i -> {
            long before = System.nanoTime();
            search(store, set.questions()[i]);
            latencies.addNanos(System.nanoTime() - before);
          });
      double seconds = (System.nanoTime() - start) / 1e9;
      String by = clients == 1 ? "1 client" : clients + " clients";
      report.add("search, " + by + ", p50", "ms", latencies.percentileMillis(50));
      report.add("search, " + by + ", p99", "ms", latencies.percentileMillis(99));
      report.add("search, " + by, "searches/s", QUESTIONS / seconds);
    }
    report.add("recall@10 against exact search", "", recall(store, set));
  }

  private static double recall(ChunkStore store, VectorSet set) {
    int found = 0;
    for (int i = 0; i < EXACT; i++) {
      float[] question = set.questions()[i];
      Set<ChunkId> exact = new HashSet<>(set.nearest(question, LIMIT));
      for (Candidate candidate : search(store, question)) {
        found += exact.contains(candidate.chunk().id()) ? 1 : 0;
      }
    }
    return found / (double) (EXACT * LIMIT);
  }

  private static List<Candidate> search(ChunkStore store, float[] question) {
    try (CorpusSnapshot snapshot =
        store.snapshot(CORPUS, Freshness.DEFAULT, Call.within(Duration.ofMinutes(1)))) {
      return snapshot.search(CandidateQuery.byVector(question, LIMIT)).dense();
    }
  }

  /** The adapter and the bare client by turns, so that both see the same machine. */
  private static void compare(ChunkStore store, BareMilvus bare, VectorSet set, Report report) {
    Latencies ours = new Latencies();
    Latencies theirs = new Latencies();
    for (int i = 0; i < 2 * QUESTIONS; i++) {
      float[] question = set.questions()[i / 2];
      long before = System.nanoTime();
      if (i % 2 == (i / 2) % 2) {
        var _ = search(store, question);
        ours.addNanos(System.nanoTime() - before);
      } else {
        int _ = bare.search(question, LIMIT);
        theirs.addNanos(System.nanoTime() - before);
      }
    }
    double bareP50 = theirs.percentileMillis(50);
    report.add("by turns: the SDK's bare search, p50", "ms", bareP50);
    report.add("by turns: the store's search, p50", "ms", ours.percentileMillis(50));
    report.add(
        "by turns: over the bare search", "%", 100 * (ours.percentileMillis(50) / bareP50 - 1));
  }
}
