package dev.ragline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.document.Sha256;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Document;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.UploadHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 in the middle of an ingest: what was acknowledged is there, and nothing is half there.
 */
@TakesMinutes
class KillIT {
  private static final long SEED = 41;
  private static final int KILLS = 20;
  private static final int UPLOADERS = 4;
  private static final int NAMES_EACH = 6;
  private static final String CORPUS = Names.corpus("kill");

  @TempDir Path store;
  @TempDir Path folder;

  /** The content of each document as acknowledged. */
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

  /** What was sent last without an acknowledgement: it may be there instead. */
  private final Map<String, String> unsure = new ConcurrentHashMap<>();

  @Test
  void kill_inTheMiddleOfAnIngest_losesNothingAndShowsNothingHalf() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, String> quickStart = prepareQuickStart();
    for (int round = 0; round <= KILLS; round++) {
      try (ServerProcess server = ServerProcess.start(store, quickStart);
          RagClient client = client(server)) {
        if (round == 0) {
          var _ = client.createCorpus("kill", Corpus.getDefaultInstance());
        }
        requireWhole(client, "seed %d, before round %d".formatted(SEED, round));
        if (round < KILLS) {
          ingestAndKill(server, client, round, random.split());
        }
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(UPLOADERS * NAMES_EACH / 2);
  }

  /**
   * Has classes kept by one run for the others, where the distribution brings no such cache, and
   * whatever a killed server leaves behind removed with the test.
   */
  private Map<String, String> prepareQuickStart() {
    String tidy = "-Djava.io.tmpdir=" + folder;
    if (Files.exists(Rag.launcher().resolveSibling("server.aot"))) {
      return Map.of("RAGLINE_JAVA_OPTS", tidy);
    }
    String quick = "-XX:TieredStopAtLevel=1 -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=";
    Map<String, String> environment =
        Map.of("RAGLINE_JAVA_OPTS", tidy + " " + quick + folder.resolve("classes.jsa"));
    ServerProcess.start(store, environment).close();
    return environment;
  }

  private static RagClient client(ServerProcess server) {
    return RagClient.builder(server.address()).deadline(Duration.ofSeconds(30)).build();
  }

  /** Every other round the kill comes while a document is being sent. */
  private void ingestAndKill(
      ServerProcess server, RagClient client, int round, SplittableRandom random)
      throws InterruptedException {
    AtomicInteger left = new AtomicInteger(1 + random.nextInt(25));
    boolean within = round % 2 == 1;
    long killAt = random.nextLong(400_000);
    try (ExecutorService uploaders = Executors.newFixedThreadPool(UPLOADERS)) {
      for (int uploader = 0; uploader < UPLOADERS; uploader++) {
        int number = uploader;
        uploaders.execute(
            () -> {
              for (int i = 0; upload(client, number, round, i); i++) {
                if (left.decrementAndGet() == 0) {
                  if (within) {
                    sendAndKill(server, client, killAt);
                  } else {
                    kill(server);
                  }
                }
              }
            });
      }
    }
    assertThat(server.process().isAlive()).isFalse();
  }

  private boolean upload(RagClient client, int uploader, int round, int number) {
    String name = "u%d-%d.md".formatted(uploader, number % NAMES_EACH);
    String content = content(word(round, uploader, number), 1 + number % 3);
    unsure.put(name, content);
    try {
      var _ = client.upload(header(name), content.getBytes(UTF_8));
      acknowledged.put(name, content);
      unsure.remove(name);
      return true;
    } catch (RagClientException e) {
      assertThat(e.isServerUnreachable()).as(name + ": " + e.getMessage()).isTrue();
      return false;
    }
  }

  /** Sends a large document, of which the server sees the beginning only. */
  private static void sendAndKill(ServerProcess server, RagClient client, long killAt) {
    byte[] content = "A sentence that never ends. ".repeat(20_000).getBytes(UTF_8);
    InputStream killing =
        new ByteArrayInputStream(content) {
          private long read;

          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            int count = super.read(into, offset, length);
            read += count;
            if (read > killAt && read - count <= killAt) {
              kill(server);
            }
            return count;
          }
        };
    try {
      var _ = client.upload(header("large.txt"), killing);
    } catch (RagClientException e) {
      assertThat(e.isServerUnreachable()).isTrue();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void kill(ServerProcess server) {
    try {
      server.kill();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static UploadHeader header(String name) {
    return UploadHeader.newBuilder().setDocument(Names.document("kill", name)).build();
  }

  private static String word(int round, int uploader, int number) {
    return "zebra%dx%dx%d".formatted(round, uploader, number);
  }

  private static String content(String word, int sections) {
    StringBuilder content = new StringBuilder("# About " + word + "\n\nNothing else is.\n");
    for (int i = 1; i < sections; i++) {
      content.append("\n# Part %d\n\nMore of it: é, 向量.\n".formatted(i));
    }
    return content.toString();
  }

  private void requireWhole(RagClient client, String when) {
    List<Document> documents = client.listDocuments(CORPUS).toList();
    Corpus corpus = client.getCorpus(CORPUS);
    assertThat(corpus.getDocumentCount()).as(when).isEqualTo(documents.size());
    assertThat(corpus.getChunkCount())
        .as(when)
        .isEqualTo(documents.stream().mapToLong(Document::getChunkCount).sum());
    Map<String, String> shown = new ConcurrentHashMap<>();
    for (Document document : documents) {
      shown.put(Names.documentId(document.getName()), requireWhole(client, document, when));
    }
    assertThat(shown.keySet()).as(when).containsAll(acknowledged.keySet());
    shown.forEach(
        (name, content) ->
            assertThat(content)
                .as(when + ": " + name)
                .isIn(acknowledged.getOrDefault(name, ""), unsure.getOrDefault(name, "")));
    acknowledged.putAll(shown);
    unsure.clear();
  }

  private static String requireWhole(RagClient client, Document document, String when) {
    byte[] bytes = client.documentContent(document.getName(), null);
    String content = new String(bytes, UTF_8);
    assertThat(Sha256.of(bytes).hex()).as(when).isEqualTo(document.getSha256());
    List<Chunk> chunks = client.listChunks(document.getName()).toList();
    assertThat(chunks).as(when).hasSize(document.getChunkCount());
    for (Chunk chunk : chunks) {
      int start = (int) chunk.getSourceRange().getStart();
      int length = (int) chunk.getSourceRange().getEnd() - start;
      assertThat(new String(bytes, start, length, UTF_8)).as(when).isEqualTo(chunk.getText());
    }
    RetrieveRequest byWord =
        RetrieveRequest.newBuilder()
            .setCorpus(CORPUS)
            .setQuestion(content.substring("# About ".length(), content.indexOf('\n')))
            .setRetrieval(
                RetrievalSpec.newBuilder()
                    .setMode(RetrievalMode.RETRIEVAL_MODE_LEXICAL)
                    .setLimit(1))
            .build();
    assertThat(client.retrieve(byWord).getPassagesList())
        .as(when)
        .extracting(passage -> passage.getDocument().getName())
        .containsExactly(document.getName());
    return content;
  }
}
