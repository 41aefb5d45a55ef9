package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.milvus.Milvus;
import dev.ragline.testing.milvus.MilvusLite;
import dev.ragline.testing.milvus.MilvusServer;
import dev.ragline.testing.milvus.TcpProxy;
import dev.ragline.v1.Receipt;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server's users see while the Milvus behind it is away, or does not let it in. */
@TakesMinutes
class MilvusFaultsIT {
  private static final int DOCUMENTS = 40;

  @TempDir Path folder;

  @Test
  void serve_milvusIsDown_saysSoAndRecoversWhenItComes() throws IOException {
    try (MilvusServer milvus = MilvusLite.started()) {
      milvus.stop();
      MilvusRows rows = new MilvusRows(milvus, "down");
      try (ServerProcess server = ServerProcess.start(milvus.address(), rows.settings())) {
        assertThat(Health.of(server)).isEqualTo(ServingStatus.NOT_SERVING);
        String place = "127.0.0.1:" + milvus.port();
        assertThat(server.log())
            .contains("Milvus at " + place + " cannot be reached; it is tried again until it does")
            .doesNotContain("Exception");
        Rag.Result list = server.rag("corpus", "list");
        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.err())
            .contains("Milvus at " + place + " cannot be reached", "(STORE_UNAVAILABLE)");

        milvus.restart();

        Health.await(server, ServingStatus.SERVING);
        assertThat(server.rag("corpus", "list").exitCode()).isZero();
        assertThat(server.log()).contains("Milvus at " + place + " serves");
      }
    }
  }

  @Test
  void ingest_milvusIsKilled_namesWhatIsInAndASecondRunCompletesIt() throws Exception {
    try (MilvusServer milvus = MilvusLite.started()) {
      MilvusRows rows = new MilvusRows(milvus, "killed");
      try (ServerProcess server = ServerProcess.start(milvus.address(), rows.settings())) {
        assertSecondRunCompletes(new MainJob(server, "many"), rows, milvus::kill, milvus::restart);
      }
    }
  }

  @Test
  void ingest_networkIsCut_namesWhatIsInAndASecondRunCompletesIt() throws Exception {
    MilvusRows rows = new MilvusRows(Milvus.standalone(), "cut");
    try (TcpProxy network = TcpProxy.to(rows.milvus().address());
        ServerProcess server = ServerProcess.start(network.address(), rows.settings())) {
      assertSecondRunCompletes(new MainJob(server, "many"), rows, network::cut, network::heal);
    }
  }

  private void assertSecondRunCompletes(
      MainJob job, MilvusRows rows, Runnable fail, Runnable recover) throws Exception {
    Path documents = documents(DOCUMENTS);
    Rag.Result cut = ingestUntil(job, documents, fail);

    assertThat(cut.exitCode()).isEqualTo(1);
    int in = cut.lines().size() - 1;
    assertThat(in).isBetween(1, DOCUMENTS - 1);
    Receipt receipt = Output.lastReceipt(cut);
    assertThat(receipt.getAdded()).isEqualTo(2 * in);
    assertThat(cut.err())
        .contains(
            "%d of %d documents failed, %d are in".formatted(DOCUMENTS - in, DOCUMENTS, in),
            "(STORE_UNAVAILABLE)")
        .doesNotContain("Exception");
    Health.await(job.server(), ServingStatus.NOT_SERVING);

    recover.run();
    Health.await(job.server(), ServingStatus.SERVING);
    Receipt second = job.ingest(documents);

    // What was not acknowledged may be in all the same, where only the answer was lost.
    assertThat(second.getUnchanged()).isGreaterThanOrEqualTo(2 * in);
    assertThat(second.getUnchanged() + second.getAdded()).isEqualTo(2 * DOCUMENTS);
    assertThat(job.ingest(documents)).isEqualTo(MainJob.receipt(0, 0, 2 * DOCUMENTS, 0, 0));
    Waiting.until("no row is left over", () -> rows.of(job.corpus()) == 2 * DOCUMENTS);
    assertThat(job.server().log()).doesNotContain("Exception");
  }

  /** Brings documents in until some are acknowledged, and then has something fail. */
  private Rag.Result ingestUntil(MainJob job, Path documents, Runnable fail)
      throws InterruptedException {
    try (RunningRag ingest =
        RunningRag.start(
            folder,
            Map.of("RAGLINE_SERVER", job.server().address()),
            "ingest",
            documents.toString(),
            "--corpus",
            job.corpus(),
            "--json")) {
      ingest.awaitOut("document-05.md");
      fail.run();
      return ingest.result();
    }
  }

  /** Documents of two chunks each. */
  private Path documents(int count) throws IOException {
    Path documents = Files.createDirectory(folder.resolve("documents"));
    for (int i = 0; i < count; i++) {
      Files.writeString(
          documents.resolve("document-%02d.md".formatted(i)),
          "# First of %1$d\n\nThis is %1$d.\n\n# Second of %1$d\n\nThat is %1$d.\n".formatted(i));
    }
    return documents;
  }

  @Test
  void serve_wrongToken_saysSoAndServesNothing() throws IOException {
    MilvusServer milvus = Milvus.standaloneWithAuthorization();
    Map<String, String> settings = new HashMap<>(new MilvusRows(milvus, "token").settings());
    settings.put("RAGLINE_STORE_TOKEN", "root:geheim");
    try (ServerProcess server = ServerProcess.start(milvus.address(), settings)) {
      assertThat(Health.of(server)).isEqualTo(ServingStatus.NOT_SERVING);
      String refusal = "Milvus at 127.0.0.1:%d refuses the credentials".formatted(milvus.port());
      assertThat(server.log()).contains(refusal, "store.token").doesNotContain("Exception");
      Rag.Result list = server.rag("corpus", "list");
      assertThat(list.exitCode()).isEqualTo(1);
      assertThat(list.err()).contains(refusal, "(STORE_CREDENTIALS_REFUSED)");
      assertSilent("root:geheim", server);
    }
  }

  @Test
  void serve_rightToken_worksAndIsNeverLogged() throws IOException {
    MilvusServer milvus = Milvus.standaloneWithAuthorization();
    Map<String, String> settings = new HashMap<>(new MilvusRows(milvus, "token").settings());
    settings.put("RAGLINE_LOG", "TRACE");
    try (ServerProcess server = ServerProcess.start(milvus.address(), settings)) {
      MainJob job = new MainJob(server, "secret");
      assertThat(job.ingest(documents(3)).getAdded()).isEqualTo(6);
      assertThat(job.search("What is 7?", 3)).hasSize(3);
      assertThat(server.rag("corpus", "delete", "secret").exitCode()).isZero();
      assertSilent(milvus.token(), server);
    }
  }

  /** Neither the token is in the log, nor what the header that bears it says. */
  private static void assertSilent(String token, ServerProcess server) throws IOException {
    String header = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    assertThat(server.log()).doesNotContain(token, header.substring(0, header.length() - 4));
  }
}
