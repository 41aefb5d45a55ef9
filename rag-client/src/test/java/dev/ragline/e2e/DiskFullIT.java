package dev.ragline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.QuotaFailure;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.UploadHeader;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose disk, a file system of 8 MiB of its own, runs full. */
class DiskFullIT {
  private static final String BEGIN =
      """
      mount -t tmpfs -o size=8m tmpfs "$DISK" &&
      exec "$0" serve --port 0 --port-file "$PORT_FILE" --store "$DISK/store"
      """;

  @TempDir Path disk;
  @TempDir Path folder;
  private final Map<String, String> acknowledged = new LinkedHashMap<>();
  private Process server;
  private ManagedChannel channel;
  private RagClient client;

  @BeforeEach
  void start() throws Exception {
    Commands.assumeWorks(
        "mounts in a namespace are not permitted here (unshare -rm)",
        "unshare",
        "-rm",
        "mount",
        "-t",
        "tmpfs",
        "tmpfs",
        disk.toString());
    Path portFile = folder.resolve("port");
    server =
        Commands.start(
            folder,
            Map.of("DISK", disk.toString(), "PORT_FILE", portFile.toString()),
            List.of("unshare", "-rm", "sh", "-c", BEGIN, Rag.launcher().toString()));
    await("the server to start", () -> Files.exists(portFile) || !server.isAlive());
    assertThat(server.isAlive()).as(Rag.read(folder.resolve("err"))).isTrue();
    int port = Integer.parseInt(Files.readString(portFile).strip());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    client = RagClient.builder("127.0.0.1:" + port).deadline(Duration.ofSeconds(60)).build();
    var _ = client.createCorpus("full", Corpus.getDefaultInstance());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (client != null) {
      client.close();
      channel.shutdownNow();
    }
    if (server != null) {
      server.destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    Instant until = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited for " + what).isBefore(until);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private ServingStatus health() {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  /** A file on the server's own disk, which no other process has mounted. */
  private Path onDisk(String name) {
    return Path.of("/proc/" + server.pid() + "/root" + disk).resolve(name);
  }

  private @Nullable RagClientException upload(String name, String content) {
    UploadHeader header =
        UploadHeader.newBuilder().setDocument(Names.document("full", name)).build();
    try {
      var _ = client.upload(header, content.getBytes(UTF_8));
      acknowledged.put(name, content);
      return null;
    } catch (RagClientException e) {
      return e;
    }
  }

  /** Words by chance, which nothing can compress; a section of them takes about 6 KiB of disk. */
  private static String content(int number, int sections) {
    SplittableRandom random = new SplittableRandom(number);
    StringBuilder content = new StringBuilder();
    for (int section = 0; section < sections; section++) {
      content.append("# Heading %d of kiwi%d\n\n".formatted(section, number));
      for (int word = 0; word < 120; word++) {
        content.append(Long.toString(random.nextLong(1L << 40), 36)).append(' ');
      }
      content.append("\n\n");
    }
    return content.toString();
  }

  private static void requireDiskFull(@Nullable RagClientException outcome) {
    RagClientException failure = Objects.requireNonNull(outcome, "the upload was to fail");
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.reason()).contains("DISK_FULL");
    com.google.rpc.Status status =
        Objects.requireNonNull(
            StatusProto.fromThrowable(Objects.requireNonNull(failure.getCause())));
    assertThat(status.getDetailsList())
        .filteredOn(detail -> detail.is(QuotaFailure.class))
        .singleElement()
        .satisfies(
            detail ->
                assertThat(detail.unpack(QuotaFailure.class).getViolationsList()).isNotEmpty());
  }

  private void requireAcknowledged(String when) {
    assertThat(client.listDocuments("corpora/full").map(d -> Names.documentId(d.getName())))
        .as(when)
        .containsExactlyInAnyOrderElementsOf(acknowledged.keySet());
    acknowledged.forEach(
        (name, content) ->
            assertThat(
                    new String(client.documentContent(Names.document("full", name), null), UTF_8))
                .as(when + ": " + name)
                .isEqualTo(content));
    AskRequest question =
        AskRequest.newBuilder().setCorpus("corpora/full").setQuestion("kiwi0").build();
    assertThat(client.ask(question).getPassages(0).getDocument().getName())
        .as(when)
        .isEqualTo(Names.document("full", "d0"));
  }

  @Test
  void upload_diskRunsFull_isRefusedUntilThereIsSpaceAndLosesNothing() throws Exception {
    await("SERVING", () -> health() == ServingStatus.SERVING);
    for (int number = 0; number < 3; number++) {
      assertThat(upload("d" + number, content(number, 1))).isNull();
    }
    // More than all that the store holds: what it tidies up may leave room for less, never for it.
    String large = content(3, 40);
    fillDisk();
    requireDiskFull(upload("large", large));
    await("NOT_SERVING", () -> health() == ServingStatus.NOT_SERVING);
    requireAcknowledged("full");
    requireCommandSaysSo(large);
    assertThat(health()).isEqualTo(ServingStatus.NOT_SERVING);
    requireAcknowledged("after more refusals");
    Files.delete(onDisk("filler"));
    await("SERVING again", () -> health() == ServingStatus.SERVING);
    assertThat(upload("large", large)).isNull();
    requireAcknowledged("with space again");
  }

  /** Leaves not a byte. */
  private void fillDisk() throws IOException {
    try (OutputStream filler = Files.newOutputStream(onDisk("filler"))) {
      byte[] page = new byte[4096];
      while (true) {
        filler.write(page);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
  }

  private void requireCommandSaysSo(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("more.md"), content);
    String address = channel.authority();
    Rag.Result ingest =
        Rag.run(Map.of("RAGLINE_SERVER", address), "ingest", file.toString(), "--corpus", "full");
    assertThat(ingest.exitCode()).isEqualTo(1);
    assertThat(ingest.err())
        .contains("more.md: the store's disk is full, nothing was written (DISK_FULL)");
    Rag.Result create =
        Rag.run(
            Map.of("RAGLINE_SERVER", address), "ingest", file.toString(), "--corpus", "another");
    assertThat(create.exitCode()).isEqualTo(1);
    // An empty corpus may still fit into what was tidied up; the document does not.
    assertThat(create.err().lines())
        .allMatch(line -> line.startsWith("rag: "))
        .first(InstanceOfAssertFactories.STRING)
        .endsWith("the store's disk is full, nothing was written (DISK_FULL)");
  }
}
