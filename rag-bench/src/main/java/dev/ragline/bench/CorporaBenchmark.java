package dev.ragline.bench;

import dev.ragline.call.Call;
import dev.ragline.client.RagClient;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Metadata;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Thousands of corpora in one server: what a start, a list and the use of all of them take. Exits
 * with 1 when a bound is broken.
 */
@Command(
    name = "rag-bench/run corpora",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = "Serves a store with one corpus and one with thousands, and compares.")
public final class CorporaBenchmark implements Callable<Integer> {
  private static final int DIMENSION = 384;
  private static final double START_TIMES = 2;
  private static final double LIST_MILLIS = 1000;
  private static final long MOST_FILES = 1024;
  private static final long MOST_THREADS = 150;

  /** Linux lets a process have 65 530. */
  private static final long MOST_MAPPINGS = 30_000;

  @Option(names = "--dist", required = true, description = "A built distribution.")
  private @Nullable Path dist;

  @Option(names = "--corpora", defaultValue = "2000", description = "Default 2000.")
  private int corpora;

  @Option(names = "--documents", defaultValue = "10", description = "In each; default 10.")
  private int documents;

  @Option(names = "--runs", defaultValue = "3", description = "Starts of each; default 3.")
  private int runs;

  @Option(names = "--writers", defaultValue = "8", description = "Writers at once (default 8).")
  private int writers;

  private final Report report = new Report();
  private boolean bounded = true;

  public static void main(String[] args) {
    System.exit(new CommandLine(new CorporaBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path one = Files.createTempDirectory("rag-bench-one");
    Path many = Files.createTempDirectory("rag-bench-many");
    try {
      fill(one, 1);
      fill(many, corpora);
      for (int run = 0; run < runs; run++) {
        measure(one, 1);
        measure(many, corpora);
      }
      System.out.printf(
          Locale.ROOT, "%d corpora of %d documents%n%n%s", corpora, documents, report.table());
      double slower =
          report.median(name(corpora, "start"), "ms") / report.median(name(1, "start"), "ms");
      System.out.printf(Locale.ROOT, "%nstart with %d: %.2f times%n", corpora, slower);
      require("start", slower, START_TIMES);
      require("first list", report.median(name(corpora, "first list"), "ms"), LIST_MILLIS);
      require("list", report.median(name(corpora, "list"), "ms"), LIST_MILLIS);
      return bounded ? 0 : 1;
    } finally {
      Folders.delete(one);
      Folders.delete(many);
    }
  }

  private void fill(Path folder, int count) throws Exception {
    long began = System.nanoTime();
    try (ChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), BenchExecution.SHARED)) {
      Threads.share(
          writers,
          count,
          n -> {
            CorpusId id = new CorpusId("corpus-%05d".formatted(n));
            store.createCorpus(SyntheticDocuments.corpus(id, DIMENSION));
            for (int i = 0; i < documents; i++) {
              String _ =
                  store.replaceDocument(
                      id,
                      SyntheticDocuments.document(
                          i, i, i + 1L, CorporaBenchmark::vector, Metadata.EMPTY),
                      Call.UNLIMITED);
            }
          });
    }
    report.add(name(count, "filled"), "s", (System.nanoTime() - began) / 1e9);
  }

  private static float[] vector(long number) {
    float[] vector = new float[DIMENSION];
    vector[(int) (number % DIMENSION)] = 1;
    return vector;
  }

  private static String name(int count, String figure) {
    return figure + (count == 1 ? " with one" : " with " + count);
  }

  private void measure(Path store, int count) throws Exception {
    try (ServerProcess server = ServerProcess.on(Objects.requireNonNull(dist), store);
        RagClient client = RagClient.builder(server.address()).build()) {
      report.add(name(count, "start"), "ms", server.servingMillis());
      list(client, count, "first list");
      list(client, count, "list");
      held(server, count, "after the list");
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        read(client, "corpora/corpus-%05d".formatted(i));
      }
      report.add(name(count, "each opened and read"), "s", (System.nanoTime() - began) / 1e9);
      held(server, count, "after each was read");
      list(client, count, "list once all were read");
      if (count > 1) {
        require("open files", (double) server.openFiles(), MOST_FILES);
        require("threads", (double) server.threads(), MOST_THREADS);
        require("mapped files", (double) server.mappings(), MOST_MAPPINGS);
      }
    }
  }

  private void list(RagClient client, int count, String what) {
    long began = System.nanoTime();
    List<Corpus> listed;
    try (Stream<Corpus> all = client.listCorpora()) {
      listed = all.toList();
    }
    double millis = ServerProcess.millisSince(began);
    long found = listed.stream().mapToLong(Corpus::getDocumentCount).sum();
    if (listed.size() != count || found != (long) count * documents) {
      throw new IllegalStateException(
          "%d corpora with %d documents were listed".formatted(listed.size(), found));
    }
    report.add(name(count, what), "ms", millis);
  }

  private void read(RagClient client, String corpus) {
    try (Stream<Document> all = client.listDocuments(corpus)) {
      if (all.count() != documents) {
        throw new IllegalStateException(corpus + " lacks documents");
      }
    }
  }

  private void held(ServerProcess server, int count, String when) throws Exception {
    report.add(name(count, "open files") + " " + when, "", (double) server.openFiles());
    report.add(name(count, "mapped files") + " " + when, "", (double) server.mappings());
    report.add(name(count, "threads") + " " + when, "", (double) server.threads());
    report.add(name(count, "resident") + " " + when, "MB", server.memoryMb("VmRSS"));
  }

  private void require(String what, double found, double most) {
    if (found > most) {
      bounded = false;
      System.err.printf(Locale.ROOT, "bench: %s is %.0f, at most %.0f%n", what, found, most);
    }
  }
}
