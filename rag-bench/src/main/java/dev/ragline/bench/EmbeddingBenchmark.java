package dev.ragline.bench;

import ai.onnxruntime.OrtException;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.chunking.Chunkers;
import dev.ragline.document.Chunking;
import dev.ragline.document.MediaType;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.StandardDocumentParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An ingest, and a question, beside what ONNX Runtime alone needs for the same tokens. */
@Command(
    name = "rag-bench/run embedding",
    description = "Compares a warm ingest and a question's embedding with bare ONNX Runtime.",
    mixinStandardHelpOptions = true)
public final class EmbeddingBenchmark implements Callable<Integer> {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final int QUESTIONS = 500;

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Parameters(arity = "0..1", description = "A folder of Markdown files (default the guide).")
  private @Nullable Path folder;

  @Option(names = "--rounds", defaultValue = "7", description = "Rounds that count (default 7).")
  private int rounds;

  @Option(
      names = "--warm",
      defaultValue = "10",
      description = "Rounds before them, which the JVM's compiler needs (default 10).")
  private int warm;

  @Override
  public Integer call() throws Exception {
    Documents documents = Documents.read(folder == null ? guide : folder);
    Samples bare = new Samples();
    Samples ingest = new Samples();
    Samples cpu = new Samples();
    Samples ratio = new Samples();
    try (BareModel model = new BareModel();
        ServerProcess server = ServerProcess.start(dist);
        MainJob job = new MainJob(server.address(), documents)) {
      List<long[]> windows = windows(documents.contents(), model);
      for (int i = 0; i < warm + rounds; i++) {
        double bareMillis = bare(model, windows);
        job.recreateCorpus();
        double before = server.cpuMillis();
        double ingestMillis = job.ingest();
        double cpuMillis = server.cpuMillis() - before;
        if (i >= warm) {
          bare.add(bareMillis);
          ingest.add(ingestMillis);
          cpu.add(cpuMillis);
          ratio.add(bareMillis / ingestMillis);
        }
      }
      int tokens = windows.stream().mapToInt(window -> window.length).sum();
      System.out.printf(
          Locale.ROOT,
          "%d chunks, %d windows, %d tokens, %d threads, %d rounds%n%n"
              + "| | median | least … most |%n|---|---|---|%n",
          job.chunks(),
          windows.size(),
          tokens,
          THREADS,
          rounds);
      bare.printRow("ONNX Runtime alone, ms");
      ingest.printRow("a warm ingest, ms");
      ratio.printRow("the first of the second");
      cpu.printRow("the server's processor time in the ingest, ms");
      questions(model, job, documents);
    }
    return 0;
  }

  /** What the model reads of all documents' chunks. */
  private static List<long[]> windows(Map<String, byte[]> documents, BareModel model) {
    List<long[]> windows = new ArrayList<>();
    for (byte[] content : documents.values()) {
      ParsedDocument parsed = new StandardDocumentParser().parse(content, MediaType.MARKDOWN);
      Iterator<ChunkDraft> chunks =
          Chunkers.create(new Chunking.Separator("# "), text -> 0, Integer.MAX_VALUE)
              .chunks(parsed, Objects.requireNonNullElse(parsed.title(), ""));
      chunks.forEachRemaining(chunk -> windows.addAll(model.windows(chunk.embeddedText())));
    }
    return windows;
  }

  private static double bare(BareModel model, List<long[]> windows)
      throws InterruptedException, ExecutionException {
    long began = System.nanoTime();
    Threads.share(THREADS, windows.size(), i -> model.run(windows.get(i)));
    return ServerProcess.millisSince(began);
  }

  /** Takes turns, so that both have the same machine. */
  private void questions(BareModel model, MainJob job, Documents documents) throws OrtException {
    Samples alone = new Samples();
    Samples inServer = new Samples();
    Samples ratio = new Samples();
    var unused = job.retrieve(4 * QUESTIONS);
    for (int round = 0; round < rounds; round++) {
      Latencies times = new Latencies();
      for (int i = 0; i < QUESTIONS; i++) {
        List<long[]> windows = model.windows(documents.question(i));
        long began = System.nanoTime();
        for (long[] window : windows) {
          model.run(window);
        }
        times.addNanos(System.nanoTime() - began);
      }
      double bareMillis = times.percentileMillis(50);
      double embedMillis = job.retrieve(QUESTIONS).embed().percentileMillis(50);
      alone.add(bareMillis);
      inServer.add(embedMillis);
      ratio.add(embedMillis / bareMillis);
    }
    alone.printRow("a question, ONNX Runtime alone, p50 ms");
    inServer.printRow("its embedding in a server, p50 ms");
    ratio.printRow("the second of the first");
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new EmbeddingBenchmark()).execute(args));
  }
}
