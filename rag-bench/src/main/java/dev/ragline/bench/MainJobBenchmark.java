package dev.ragline.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the main job again and again, each time on a fresh server, and prints what it took. */
@Command(
    name = "rag-bench/run",
    description = "Times the main job: start, ingest, retrieve, answer, many clients, memory.",
    mixinStandardHelpOptions = true)
public final class MainJobBenchmark implements Callable<Integer> {
  private static final int WARM_UPS = 500;
  private static final int RETRIEVES = 500;
  private static final int ANSWERS = 100;
  private static final int LOAD = 1000;
  private static final int CLIENTS = 16;
  private static final int WARM_INGESTS = 5;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Markdown files to bring in; the project's own guide unless given.")
  private @Nullable Path folder;

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Runs that count; one more goes before, to warm the machine up (default 5).")
  private int runs;

  @ArgGroup(exclusive = false)
  private @Nullable Peer peer;

  /** The plain Python pipeline to compare with. */
  static final class Peer {
    @Option(
        names = "--tutorial",
        required = true,
        paramLabel = "PYTHON",
        description = "A Python that has the packages of the tutorial script.")
    private Path python = Path.of("");

    @Option(
        names = "--tutorial-script",
        required = true,
        paramLabel = "FILE",
        description = "The tutorial script; see docs/benchmarks.md for what it is called with.")
    private Path script = Path.of("");

    @Option(
        names = "--tutorial-argument",
        paramLabel = "WORD",
        description = "What the script is given after the documents; may be repeated.")
    private List<String> arguments = List.of();
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new MainJobBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path source = folder == null ? guide : folder;
    Documents documents = Documents.read(source);
    double loadBefore = systemLoad();
    String java = run(documents, new Report());
    Report report = new Report();
    for (int i = 1; i <= runs; i++) {
      System.err.printf("bench: run %d of %d, load %.1f%n", i, runs, systemLoad());
      java = run(documents, report);
      if (peer != null) {
        new Tutorial(peer.python, peer.script, peer.arguments).run(source, report);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d cores, JDK %s, load %.1f before and %.1f after, %d runs%n%n%s",
        Runtime.getRuntime().availableProcessors(),
        java,
        loadBefore,
        systemLoad(),
        runs,
        report.table());
    return 0;
  }

  private static double systemLoad() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** The whole job once; returns the version of the server's Java. */
  private String run(Documents documents, Report report) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(dist);
        MainJob job = new MainJob(server.address(), documents)) {
      report.add("start until the port file", "ms", server.portMillis());
      report.add("start until SERVING", "ms", server.servingMillis());
      report.add("memory after start", "MB", server.memoryMb("VmRSS"));
      ingest(server, job, report);
      questions(server, job, report);
      return server.javaVersion();
    }
  }

  private void ingest(ServerProcess server, MainJob job, Report report)
      throws IOException, InterruptedException {
    job.recreateCorpus();
    report.add("ingest, first of a fresh server", "ms", job.ingest());
    report.add("memory after ingest", "MB", server.memoryMb("VmRSS"));
    report.add("chunks", "", (double) job.chunks());
    report.add(
        "first question of a fresh server", "ms", job.retrieve(1).whole().percentileMillis(50));
    Samples warm = new Samples();
    for (int i = 0; i < WARM_INGESTS; i++) {
      job.recreateCorpus();
      warm.add(job.ingest());
    }
    report.add("ingest, warm", "ms", warm.median());
    report.add("ingest by the command line, JVM and all", "ms", commandLine(server));
  }

  private double commandLine(ServerProcess server) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            dist.resolve("rag").toString(),
            "ingest",
            (folder == null ? guide : folder).toString(),
            "--corpus=cli",
            "--chunking=separator",
            "--separator=# ",
            "--server=" + server.address());
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("rag ingest failed");
    }
    return ServerProcess.millisSince(began);
  }

  private static void questions(ServerProcess server, MainJob job, Report report)
      throws IOException, InterruptedException {
    var unused = job.retrieve(WARM_UPS);
    MainJob.Retrieving retrieving = job.retrieve(RETRIEVES);
    double whole = retrieving.whole().percentileMillis(50);
    double embed = retrieving.embed().percentileMillis(50);
    report.add("retrieve, p50", "ms", whole);
    report.add("retrieve, p99", "ms", retrieving.whole().percentileMillis(99));
    report.add("of it embedding the question, p50", "ms", embed);
    report.add("of it the search, p50", "ms", retrieving.search().percentileMillis(50));
    report.add("retrieve beyond embedding, p50", "ms", whole - embed);
    report.add("streamed answer, p50", "ms", job.ask(ANSWERS).percentileMillis(50));
    MainJob.Load load = job.load(LOAD, CLIENTS);
    report.add("answers by 16 clients", "/s", load.perSecond());
    report.add("answers by 16 clients, p50", "ms", load.latencies().percentileMillis(50));
    report.add("answers by 16 clients, p99", "ms", load.latencies().percentileMillis(99));
    report.add("answers by 16 clients, errors of 1000", "", load.errors());
    report.add("memory after 16 clients", "MB", server.memoryMb("VmRSS"));
    report.add("most memory", "MB", server.memoryMb("VmHWM"));
  }
}
