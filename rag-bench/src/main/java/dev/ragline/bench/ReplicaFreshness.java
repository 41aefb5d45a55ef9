package dev.ragline.bench;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.RetrievalSpec;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Two servers on one Milvus: documents go in through one, questions go to the other, and it is
 * counted how often the answer knows nothing of the document, and measured how long it takes.
 */
@Command(
    name = "rag-bench/run replicas",
    description = "Counts stale reads and times fresh ones, over two servers on one Milvus.",
    mixinStandardHelpOptions = true)
public final class ReplicaFreshness implements Callable<Integer> {
  private static final String PREFIX = "freshness";
  private static final int WARM_UPS = 20;

  /** Documents on their way at the same time, each in a corpus of its own. */
  private static final int LANES = 4;

  private static final Duration LATER = Duration.ofSeconds(1);

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Option(
      names = "--store",
      required = true,
      paramLabel = "ADDRESS",
      description = "A Milvus, such as http://localhost:19530; collections freshness_* are its.")
  private String store = "";

  @Option(
      names = "--rounds",
      defaultValue = "200",
      description = "Documents for each way of asking (default 200).")
  private int rounds;

  /** How a question says what it must see. */
  enum Asking {
    STRONG("STRONG"),
    TOKEN("the receipt's token"),
    SESSION("SESSION"),
    BOUNDED("BOUNDED");

    private final String title;

    Asking(String title) {
      this.title = title;
    }

    RetrievalSpec spec(String token) {
      RetrievalSpec.Builder spec = RetrievalSpec.newBuilder();
      RetrievalSpec.Builder asked =
          switch (this) {
            case STRONG -> spec.setConsistency(Consistency.CONSISTENCY_STRONG);
            case TOKEN -> spec.setConsistencyToken(token);
            case SESSION -> spec.setConsistency(Consistency.CONSISTENCY_SESSION);
            case BOUNDED -> spec.setConsistency(Consistency.CONSISTENCY_BOUNDED);
          };
      return asked.build();
    }
  }

  @Override
  public Integer call() throws Exception {
    Documents documents = Documents.read(guide);
    try (ServerProcess one = ServerProcess.start(dist, store, PREFIX);
        ServerProcess other = ServerProcess.start(dist, store, PREFIX);
        RagClient writing = RagClient.builder(one.address()).build();
        RagClient reading = RagClient.builder(other.address()).build()) {
      List<FreshnessLane> lanes =
          IntStream.range(0, LANES)
              .mapToObj(n -> lane("lane" + n, n, writing, reading, documents))
              .toList();
      System.out.printf(
          Locale.ROOT,
          "%d rounds each; JDK %s%n%n| asked for by | when | stale | p50 | p99 | of it the search,"
              + " p50 |%n|---|---|---|---|---|---|%n",
          rounds,
          one.javaVersion());
      int wrong = 0;
      for (Asking asking : Asking.values()) {
        wrong += measure(asking, "at once", lanes.subList(0, 1), Duration.ZERO);
        wrong += measure(asking, "one second later", lanes, LATER);
      }
      return wrong == 0 ? 0 : 1;
    }
  }

  private static FreshnessLane lane(
      String corpus, int seed, RagClient writing, RagClient reading, Documents documents) {
    try {
      writing.deleteCorpus(Names.corpus(corpus));
    } catch (RagClientException e) {
      if (e.code() != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
    var unused = writing.createCorpus(corpus, Corpus.getDefaultInstance());
    FreshnessLane lane = new FreshnessLane(corpus, seed, writing, reading, documents.words());
    FreshnessFigures warmUp = new FreshnessFigures();
    lane.run(WARM_UPS, Asking.TOKEN, Duration.ZERO, warmUp);
    return lane;
  }

  /** Returns the stale reads of a way of asking that allows none. */
  private int measure(Asking asking, String when, List<FreshnessLane> lanes, Duration later)
      throws InterruptedException, IOException {
    FreshnessFigures figures = new FreshnessFigures();
    List<Runnable> runs =
        lanes.stream()
            .<Runnable>map(
                lane ->
                    () -> {
                      // One after the other, so that they do not get into each other's way.
                      FreshnessLane.pause(later.multipliedBy(lanes.indexOf(lane)).dividedBy(LANES));
                      lane.run(rounds / lanes.size(), asking, later, figures);
                    })
            .toList();
    try {
      MainJob.runAll(runs, lanes.size());
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d of %d | %s ms | %s ms | %s ms |%n",
        asking.title,
        when,
        figures.stale(),
        figures.reads(),
        Samples.readable(figures.whole().percentileMillis(50)),
        Samples.readable(figures.whole().percentileMillis(99)),
        Samples.readable(figures.search().percentileMillis(50)));
    boolean promised = asking == Asking.STRONG || asking == Asking.TOKEN;
    return promised ? figures.stale() : 0;
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new ReplicaFreshness()).execute(args));
  }
}
