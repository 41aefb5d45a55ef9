package dev.ragline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Document;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text of 200 MB and a server with 512 MB of heap, which serves others all the while. */
@TakesMinutes
class LargeTextIT {
  private static final long SEED = 12;
  private static final int PARAGRAPHS = 400_000;
  private static final int MARKED = 300_007;
  private static final String MARK = "zyxomma";
  private static final long LEAST_BYTES = 200_000_000;

  /** The heap, the memory beside it that has a limit, and what a JVM takes itself. */
  private static final long MOST_MB = 1100;

  private static final int DIMENSION = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path store;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer model;

  @BeforeEach
  void startModel() throws IOException {
    model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    model.createContext("/v1/embeddings", LargeTextIT::embed);
    model.setExecutor(threads);
    model.start();
  }

  @AfterEach
  void stopModel() {
    model.stop(0);
    threads.shutdownNow();
  }

  /** A vector of each text's hash: what is tried is the server, and not a model. */
  private static void embed(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode input = JSON.readTree(exchange.getRequestBody()).path("input");
      StringBuilder reply = new StringBuilder("{\"object\":\"list\",\"model\":\"m\",\"data\":[");
      for (int index = 0; index < Math.max(1, input.size()); index++) {
        String text = input.isArray() ? input.get(index).asText() : input.asText();
        SplittableRandom random = new SplittableRandom(text.hashCode());
        reply.append(index == 0 ? "" : ",").append("{\"object\":\"embedding\",\"index\":");
        reply.append(index).append(",\"embedding\":[").append(random.nextInt(1, 100));
        for (int d = 1; d < DIMENSION; d++) {
          reply.append(',').append(random.nextInt(-100, 100));
        }
        reply.append("]}");
      }
      reply.append("],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}");
      byte[] body = reply.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "RAGLINE_HEAP", "512m",
        "RAGLINE_EMBEDDING_MODEL", "http://127.0.0.1:" + model.getAddress().getPort() + "/v1",
        "RAGLINE_EMBEDDING_REMOTE_MODEL", "hashed",
        "RAGLINE_SERVER_MAX_CALL_SECONDS", "7200",
        "RAGLINE_INGEST_MAX_DOCUMENT_BYTES", "1000000000",
        "RAGLINE_INGEST_MAX_CHUNKS", "2000000");
  }

  private static byte[] paragraph(int number) {
    SplittableRandom random = new SplittableRandom(SEED + number);
    StringBuilder text = new StringBuilder("Paragraph ").append(number);
    if (number == MARKED) {
      text.append(" is about the ").append(MARK).append('.');
    }
    for (int i = 0; i < 80; i++) {
      text.append(' ').append(Integer.toString(random.nextInt(1 << 20), 36));
      text.append(random.nextInt(12) == 0 ? "." : "");
    }
    return text.append(".\n\n").toString().getBytes(UTF_8);
  }

  private static InputStream text() {
    Iterator<InputStream> paragraphs =
        IntStream.range(0, PARAGRAPHS)
            .mapToObj(number -> (InputStream) new ByteArrayInputStream(paragraph(number)))
            .iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return paragraphs.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return paragraphs.next();
          }
        });
  }

  private static long ownMemoryMb(ServerProcess server) throws IOException {
    Path status = Path.of("/proc/" + server.process().pid() + "/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
              .filter(line -> line.startsWith("RssAnon:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024;
    }
  }

  @Test
  void upload_manyTimesWhatTheHeapHolds_isWrittenAndFoundAndKeepsNobodyOut() throws Exception {
    try (ServerProcess server = ServerProcess.start(store, settings());
        RagClient client =
            RagClient.builder(server.address()).deadline(Duration.ofHours(1)).build()) {
      var _ = client.createCorpus("large", Corpus.getDefaultInstance());
      var _ = client.createCorpus("other", Corpus.getDefaultInstance());
      MessageDigest sent = MessageDigest.getInstance("SHA-256");
      CompletableFuture<UploadDocumentResponse> upload =
          CompletableFuture.supplyAsync(() -> upload(client, sent), threads);
      long most = 0;
      for (int i = 0; !upload.isDone(); i++) {
        UploadHeader header =
            UploadHeader.newBuilder().setDocument("corpora/other/documents/" + i % 50).build();
        var _ = client.upload(header, ("# A small one\n\nNumber " + i).getBytes(UTF_8));
        most = Math.max(most, ownMemoryMb(server));
      }
      Document document = upload.join().getDocument();
      assertThat(document.getSize()).isGreaterThan(LEAST_BYTES);
      assertThat(most).as("MB of the server's own").isLessThan(MOST_MB);
      assertFound(client, document.getName());
      assertContent(client, document.getName(), HexFormat.of().formatHex(sent.digest()));
      assertThat(upload(client, sent).getReceipt().getUnchanged())
          .isEqualTo(document.getChunkCount());
      assertThat(ownMemoryMb(server)).isLessThan(MOST_MB);
    }
  }

  private static UploadDocumentResponse upload(RagClient client, MessageDigest digest) {
    UploadHeader header =
        UploadHeader.newBuilder()
            .setDocument(Names.document("large", "large.txt"))
            .setMediaType("text/plain")
            .build();
    try (InputStream text = new DigestInputStream(text(), digest)) {
      return client.upload(header, text);
    } catch (IOException e) {
      throw new AssertionError("memory can always be read", e);
    }
  }

  private static void assertFound(RagClient client, String document) {
    Chunk found =
        client
            .retrieve(
                RetrieveRequest.newBuilder()
                    .setCorpus(Names.corpus("large"))
                    .setQuestion(MARK)
                    .setRetrieval(
                        RetrievalSpec.newBuilder()
                            .setMode(RetrievalMode.RETRIEVAL_MODE_LEXICAL)
                            .setLimit(1))
                    .build())
            .getPassages(0)
            .getChunk();
    assertThat(found.getText()).contains(MARK);
    ByteRange range = found.getSourceRange();
    assertThat(new String(client.documentContent(document, range), UTF_8))
        .isEqualTo(found.getText());
  }

  private static void assertContent(RagClient client, String document, String digest)
      throws Exception {
    MessageDigest read = MessageDigest.getInstance("SHA-256");
    try (InputStream content = client.openContent(document, null)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        read.update(buffer, 0, count);
      }
    }
    assertThat(HexFormat.of().formatHex(read.digest())).isEqualTo(digest);
  }
}
