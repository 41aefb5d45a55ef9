package dev.ragline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.milvus.Milvus;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two servers on one Milvus: what one has acknowledged, the other shows to who asks for it. */
@TakesMinutes
class ReplicasIT {
  private static final int ROUNDS = 10;

  /** As many passages as there are documents at most: what is there is found, as it is. */
  private static final int ALL = 100;

  private static final int WORDS = 12;
  private static final String CORPUS = "shared";
  private static final SplittableRandom random = new SplittableRandom(4711);

  @TempDir private static Path folder;
  private static MilvusRows rows;
  private static ServerProcess writer;
  private static ServerProcess reader;
  private static RagClient writing;
  private static RagClient reading;

  /** How a question asks for what was written before it. */
  enum Asking {
    STRONG,
    TOKEN
  }

  /** A document that is in, as the server that took it says. */
  private record Written(String text, UploadDocumentResponse response) {
    String token() {
      return response.getReceipt().getConsistencyToken();
    }

    /** Whether the document is found as it was written. */
    boolean isFound(RagClient client, RetrievalSpec spec) {
      return found(client, CORPUS, text, spec).stream()
          .anyMatch(
              passage ->
                  passage.getDocument().getRevision().equals(response.getDocument().getRevision()));
    }
  }

  @BeforeAll
  static void start() {
    rows = new MilvusRows(Milvus.standalone(), "replicas");
    writer = ServerProcess.start(rows.milvus().address(), rows.settings());
    reader = ServerProcess.start(rows.milvus().address(), rows.settings());
    writing = RagClient.builder(writer.address()).build();
    reading = RagClient.builder(reader.address()).build();
    var _ = writing.createCorpus(CORPUS, Corpus.getDefaultInstance());
  }

  @AfterAll
  static void stop() {
    if (reading != null) {
      writing.close();
      reading.close();
      writer.close();
      reader.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"STRONG, 0", "STRONG, 1000", "TOKEN, 0", "TOKEN, 1000"})
  void retrieve_throughTheOther_isNeverStale(Asking asking, long millisLater) {
    Executor later = CompletableFuture.delayedExecutor(millisLater, TimeUnit.MILLISECONDS);
    List<CompletableFuture<Boolean>> fresh = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Written written = write(writing, CORPUS, "note-" + round);
      RetrievalSpec spec = asking == Asking.STRONG ? strong() : with(written.token());
      fresh.add(CompletableFuture.supplyAsync(() -> written.isFound(reading, spec), later));
      if (millisLater == 0) {
        var _ = fresh.getLast().join();
      }
    }

    assertThat(fresh).extracting(CompletableFuture::join).hasSize(ROUNDS).containsOnly(true);
  }

  @Test
  void retrieve_withTheTokenOfADeletion_doesNotShowTheDocument() {
    Written written = write(writing, CORPUS, "deleted");
    assertThat(written.isFound(reading, with(written.token()))).isTrue();

    String token =
        writing.deleteDocument(written.response().getDocument().getName()).getConsistencyToken();

    assertThat(written.isFound(reading, with(token))).isFalse();
  }

  @Test
  void retrieve_tokenFromBeforeARestart_isGood() throws InterruptedException {
    Written before = write(writing, CORPUS, "note-0");
    try (ServerProcess restarted = ServerProcess.start(rows.milvus().address(), rows.settings());
        RagClient client = RagClient.builder(restarted.address()).build()) {
      assertThat(before.isFound(client, with(before.token()))).isTrue();
      Written through = write(client, CORPUS, "note-1");
      assertThat(through.isFound(reading, with(through.token()))).isTrue();
      restarted.kill();
      assertThat(through.isFound(writing, with(through.token()))).isTrue();
    }
  }

  @Test
  void retrieve_tokenThatWasForged_isRefused() {
    Written written = write(writing, CORPUS, "note-0");
    int last = written.token().length() - 1;
    char other = written.token().charAt(last) == 'A' ? 'Q' : 'A';
    assertRefused(written.token().substring(0, last) + other);
    assertRefused(written.token() + "AAAA");
    assertRefused("t1" + "A".repeat(60));
    assertRefused("not a token");
  }

  @Test
  void retrieve_tokenOfAnother_isRefused() {
    var _ = writing.createCorpus("other", Corpus.getDefaultInstance());
    assertRefused(write(writing, "other", "note-0").token());

    try (ServerProcess stranger = ServerProcess.start(folder, Map.of());
        RagClient client = RagClient.builder(stranger.address()).build()) {
      var _ = client.createCorpus(CORPUS, Corpus.getDefaultInstance());
      assertRefused(write(client, CORPUS, "note-0").token());
    }
  }

  private static void assertRefused(String token) {
    RagClientException refused =
        catchThrowableOfType(
            RagClientException.class, () -> found(reading, CORPUS, "anything", with(token)));
    assertThat(refused).as(token).isNotNull();
    assertThat(refused.code()).as(token).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refused.fields())
        .singleElement()
        .satisfies(field -> assertThat(field.getField()).endsWith("consistency_token"));
  }

  private static Written write(RagClient client, String corpus, String name) {
    String text = text();
    UploadHeader header =
        UploadHeader.newBuilder().setDocument(Names.document(corpus, name + ".txt")).build();
    return new Written(text, client.upload(header, text.getBytes(UTF_8)));
  }

  /** Words by chance, so that no two documents are alike. */
  private static String text() {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < WORDS; word++) {
      random.ints(5, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
      text.append(' ');
    }
    return text.append('.').toString();
  }

  private static RetrievalSpec strong() {
    return RetrievalSpec.newBuilder()
        .setLimit(ALL)
        .setConsistency(Consistency.CONSISTENCY_STRONG)
        .build();
  }

  private static RetrievalSpec with(String token) {
    return RetrievalSpec.newBuilder().setLimit(ALL).setConsistencyToken(token).build();
  }

  private static List<Passage> found(
      RagClient client, String corpus, String question, RetrievalSpec spec) {
    return client
        .retrieve(
            RetrieveRequest.newBuilder()
                .setCorpus(Names.corpus(corpus))
                .setQuestion(question)
                .setRetrieval(spec)
                .build())
        .getPassagesList();
  }
}
