package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Document;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM while native code embeds for many callers, fifty times. In every other round calls may
 * not end, so that the end comes upon inferences that run.
 */
@TakesMinutes
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class StopUnderLoadIT {
  private static final int ROUNDS = 50;
  private static final int UPLOADERS = 6;
  private static final int ASKERS = 2;

  /** Calls of both kinds; questions go before uploads, so that most are questions. */
  private static final int MOST_BEFORE = 60;

  private static final long SEED = 8;

  @TempDir private static Path store;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final String text = text();

  /** In how many rounds the server did not wait for what ran. */
  private int cutOff;

  /** Some three chunks. */
  private String text() {
    return random
        .ints(500, 0, OwnDocuments.TEXTS.size())
        .mapToObj(i -> List.of("signing", "keys", "rotate", "weekly", "backup.").get(i % 5))
        .collect(Collectors.joining(" "));
  }

  @Test
  void terminate_underEmbedding_endsCallsAndProcessAsPromised() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      boolean drains = round % 2 == 0;
      String seconds = drains ? "60" : "0";
      try (ServerProcess server =
              ServerProcess.start(store, Map.of("RAGLINE_SERVER_DRAIN_SECONDS", seconds));
          RagClient client = RagClient.builder(server.address()).build()) {
        if (round == 0) {
          var unused = client.createCorpus("busy", Corpus.getDefaultInstance());
        }
        assertThat(documents(client)).as("round %d", round).containsAll(acknowledged);
        List<RagClientException> failures = stopUnderLoad(server, client, round);
        assertThat(failures)
            .as("round %d", round)
            .extracting(RagClientException::code)
            .isSubsetOf(
                drains
                    ? Set.of(Status.Code.UNAVAILABLE)
                    : Set.of(Status.Code.UNAVAILABLE, Status.Code.CANCELLED));
        assertEnded(server, round, drains);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
    assertThat(cutOff).isLessThan(ROUNDS / 4);
  }

  /** What every caller's work ended with, once all have seen that the server goes. */
  private List<RagClientException> stopUnderLoad(ServerProcess server, RagClient client, int round)
      throws Exception {
    CountDownLatch before = new CountDownLatch(random.nextInt(1, MOST_BEFORE));
    List<Future<RagClientException>> ends = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(UPLOADERS + ASKERS)) {
      for (int i = 0; i < UPLOADERS; i++) {
        String prefix = round + "-" + i + "-";
        ends.add(callers.submit(() -> untilFailure(n -> upload(client, prefix + n), before)));
      }
      RetrieveRequest question =
          RetrieveRequest.newBuilder()
              .setCorpus("corpora/busy")
              .setQuestion("Which keys rotate?")
              .build();
      for (int i = 0; i < ASKERS; i++) {
        ends.add(callers.submit(() -> untilFailure(n -> client.retrieve(question), before)));
      }
      before.await();
      server.process().destroy();
      List<RagClientException> failures = new ArrayList<>();
      for (Future<RagClientException> end : ends) {
        failures.add(end.get());
      }
      return failures;
    }
  }

  private interface Work {
    void run(int number);
  }

  private static RagClientException untilFailure(Work work, CountDownLatch done) {
    for (int i = 0; ; i++) {
      try {
        work.run(i);
        done.countDown();
      } catch (RagClientException e) {
        return e;
      }
    }
  }

  private void upload(RagClient client, String id) {
    UploadHeader header = UploadHeader.newBuilder().setDocument(Names.document("busy", id)).build();
    // No two documents are alike, else nothing would be embedded.
    byte[] content = ("Document " + id + ". " + text).getBytes(StandardCharsets.UTF_8);
    acknowledged.add(client.upload(header, content).getDocument().getName());
  }

  private static Set<String> documents(RagClient client) {
    try (Stream<Document> documents = client.listDocuments("corpora/busy")) {
      return documents.map(Document::getName).collect(Collectors.toCollection(HashSet::new));
    }
  }

  /**
   * In good order. Only where nothing is waited for, a machine that is busy with other work may
   * take longer to end an inference than the server gives it; then it says that it was cut off.
   */
  private void assertEnded(ServerProcess server, int round, boolean drains)
      throws IOException, InterruptedException {
    assertThat(server.process().waitFor(90, TimeUnit.SECONDS)).as("round %d", round).isTrue();
    boolean saysCutOff = server.log().contains("it is cut off");
    if (saysCutOff) {
      cutOff++;
    }
    assertThat(server.process().exitValue())
        .as("round %d: %s", round, server.log())
        .isEqualTo(saysCutOff && !drains ? 1 : 0);
    assertThat(server.log()).doesNotContain("Exception", "fatal error");
  }
}
