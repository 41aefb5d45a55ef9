package dev.ragline.bench;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.UploadHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What is left of a server that is asked for more than it can do: first while large documents are
 * uploaded, then while several times as many calls come as it can answer.
 */
@Command(
    name = "rag-bench/run overload",
    description =
        "Measures questions and health checks under large uploads, and under an overload of mixed"
            + " calls.",
    mixinStandardHelpOptions = true)
public final class OverloadBenchmark implements Callable<Integer> {
  private static final int CALLERS = 8;

  /** So many callers at once are tried, to find how many calls can be answered at best. */
  private static final List<Integer> MORE_CALLERS = List.of(8, 16, 32);

  private static final long DEADLINE_SECONDS = 5;
  private static final Duration REST = Duration.ofSeconds(10);

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long each phase lasts (default 20).")
  private int seconds;

  @Option(
      names = "--times",
      defaultValue = "5",
      description = "Calls, of those that can be answered (default 5).")
  private double times;

  @Option(
      names = "--uploads",
      defaultValue = "16",
      description = "Large documents that are uploaded at once (default 16).")
  private int uploads;

  @Option(
      names = "--upload-mib",
      defaultValue = "16",
      description = "The size of each, in MiB (default 16).")
  private int uploadMib;

  private boolean met = true;

  @Override
  public Integer call() throws Exception {
    try (ServerProcess server = ServerProcess.start(dist);
        MainJob job = new MainJob(server.address(), Documents.read(guide));
        HealthProbe health = new HealthProbe(server.address());
        MixedLoad load = new MixedLoad(server.address(), Documents.read(guide), DEADLINE_SECONDS)) {
      job.recreateCorpusThatAnswersAll();
      var unused = job.ingest();
      // So that the server is as fast in the first phase as in the last.
      var unusedToo = load.closedLoop(CALLERS, seconds);
      underUploads(server, job, health);
      underOverload(server, load, health);
      System.out.printf("health checks without an answer: %d%n", health.failures());
      met &= health.failures() == 0;
    }
    return met ? 0 : 1;
  }

  private void underUploads(ServerProcess server, MainJob job, HealthProbe health)
      throws InterruptedException, ExecutionException {
    var unused = health.take();
    Latencies idle = job.retrieve(2000).whole();
    Latencies idleHealth = health.take();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    Latencies beside = new Latencies();
    List<byte[]> texts =
        IntStream.range(0, uploads)
            .mapToObj(i -> text(i).getBytes(StandardCharsets.UTF_8))
            .toList();
    Thread asking =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (MainJob own = job.another()) {
                    while (!over.get()) {
                      own.retrieve(10, beside);
                    }
                  }
                });
    Threads.share(
        uploads,
        uploads,
        i -> {
          if (upload(server.address(), i, texts.get(i))) {
            written.incrementAndGet();
          } else {
            refused.incrementAndGet();
          }
        });
    over.set(true);
    asking.join();
    Latencies besideHealth = health.take();
    double slower = beside.percentileMillis(99) / idle.percentileMillis(99);
    System.out.printf(
        Locale.ROOT,
        "%d uploads of %d MiB for %d s: %d written, %d ended by their deadline or refused%n%n"
            + "| | idle p50, p99 | beside the uploads | p99 times |%n|---|---|---|---|%n"
            + "| question | %s | %s | %.2f |%n| health | %s | %s | %.2f |%n%n",
        uploads,
        uploadMib,
        seconds,
        written.get(),
        refused.get(),
        both(idle),
        both(beside),
        slower,
        both(idleHealth),
        both(besideHealth),
        besideHealth.percentileMillis(99) / idleHealth.percentileMillis(99));
    met &= slower <= 3 && besideHealth.percentileMillis(99) <= 50;
  }

  private static String both(Latencies times) {
    return "%s, %s ms"
        .formatted(
            Samples.readable(times.percentileMillis(50)),
            Samples.readable(times.percentileMillis(99)));
  }

  /** Whether the document was written within its time. */
  private boolean upload(String address, int number, byte[] content) {
    UploadHeader header =
        UploadHeader.newBuilder()
            .setDocument(Names.document(MainJob.CORPUS, "large-" + number + ".md"))
            .build();
    try (RagClient client =
        RagClient.builder(address).deadline(Duration.ofSeconds(seconds)).build()) {
      var unused = client.upload(header, content);
      return true;
    } catch (RagClientException e) {
      return false;
    }
  }

  private String text(int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(uploadMib << 20);
    while (text.length() < (uploadMib << 20) - 100) {
      text.append(random.nextInt(20) == 0 ? "\n\n# Part " : "Sentence ")
          .append(random.nextInt(1_000_000))
          .append(" is about pumps and valves.\n");
    }
    return text.toString();
  }

  private void underOverload(ServerProcess server, MixedLoad load, HealthProbe health)
      throws InterruptedException, IOException {
    var unused = health.take();
    MixedLoad.Outcomes idle = load.closedLoop(1, seconds / 2.0);
    Latencies idleHealth = health.take();
    int callers = 0;
    MixedLoad.Outcomes peak = idle;
    double peakRate = 0;
    for (int tried : MORE_CALLERS) {
      MixedLoad.Outcomes outcomes = load.closedLoop(tried, seconds);
      double rate = outcomes.good.get() / (double) seconds;
      if (rate > peakRate) {
        callers = tried;
        peak = outcomes;
        peakRate = rate;
      }
    }
    double residentBefore = server.memoryMb("VmRSS");
    var atPeak = health.take();
    MixedLoad.Outcomes over = load.openLoop(times * peakRate, seconds);
    Latencies overHealth = health.take();
    double overRate = over.good.get() / (double) seconds;
    double residentAfter = server.memoryMb("VmRSS");
    Thread.sleep(REST);
    MixedLoad.Outcomes after = load.closedLoop(1, seconds / 2.0);
    System.out.printf(
        Locale.ROOT,
        "%d callers reach %.0f calls/s; then %.0f calls/s come for %d s%n%n"
            + "| | calls/s that end well | questions p50, p99 | answers p99 | refused, p99 | late |"
            + " failed | health p50, p99 |%n|---|---|---|---|---|---|---|---|%n",
        callers,
        peakRate,
        times * peakRate,
        seconds);
    row("one caller", idle, idle.good.get() / (seconds / 2.0), idleHealth);
    row(callers + " callers", peak, peakRate, atPeak);
    row("overload", over, overRate, overHealth);
    row("one caller, 10 s later", after, after.good.get() / (seconds / 2.0), health.take());
    double slower = over.questions.percentileMillis(99) / peak.questions.percentileMillis(99);
    System.out.printf(
        Locale.ROOT,
        "%ngoodput %.2f of the peak's, accepted questions' p99 %.2f times the peak's, refusals'"
            + " p99 %s ms, resident %.0f MB before and %.0f MB after%n",
        overRate / peakRate,
        slower,
        Samples.readable(over.refusals.percentileMillis(99)),
        residentBefore,
        residentAfter);
    met &=
        overRate >= 0.9 * peakRate
            && slower <= 2
            && over.refusals.percentileMillis(99) <= 20
            && residentAfter <= 1.1 * residentBefore;
  }

  private static void row(String name, MixedLoad.Outcomes outcomes, double rate, Latencies health) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %s | %s ms | %d, %s ms | %d | %d | %s |%n",
        name,
        rate,
        both(outcomes.questions),
        Samples.readable(outcomes.answers.percentileMillis(99)),
        outcomes.refused.get(),
        Samples.readable(outcomes.refusals.percentileMillis(99)),
        outcomes.late.get(),
        outcomes.failed.get(),
        both(health));
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new OverloadBenchmark()).execute(args));
  }
}
