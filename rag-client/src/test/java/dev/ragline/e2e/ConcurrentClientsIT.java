package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import dev.ragline.v1.Citation;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.UploadHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once get what one client gets, bit for bit. */
class ConcurrentClientsIT {
  private static final String CORPUS = "corpora/many";
  private static final int THREADS = 16;
  private static final int CALLS = 1000;
  private static final int STREAMED = 200;
  private static final List<String> QUESTIONS =
      List.of(
          "Where are backups kept?",
          "How do we rotate the signing key?",
          "When is the coffee machine cleaned?",
          "数据存储在哪里？",
          "أين تُحفظ النسخ الاحتياطية؟",
          "When does the zeppelin project start?",
          "How long does the old key stay valid?",
          "etcd 🔑",
          "Who cleans on Fridays, and where do they have lunch at noon?",
          "backup");

  @TempDir private static Path store;
  private static ServerProcess server;
  private static RagClient client;

  /** What a question is answered with, without what differs between two calls. */
  private record Said(String text, List<Citation> citations, List<Passage> passages) {
    Said(Answer answer) {
      this(answer.getText(), answer.getCitationsList(), answer.getPassagesList());
    }
  }

  @BeforeAll
  static void start() {
    server = ServerProcess.start(store, Map.of());
    client = RagClient.builder(server.address()).build();
    var unused = client.createCorpus("many", Corpus.getDefaultInstance());
    OwnDocuments.TEXTS.forEach(
        (place, text) ->
            client.upload(
                UploadHeader.newBuilder()
                    .setDocument(CORPUS + "/documents/" + OwnDocuments.id(place))
                    .build(),
                text.getBytes(StandardCharsets.UTF_8)));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void retrieve_manyThreads_giveTheSameBitForBit() throws Exception {
    Map<String, List<Passage>> alone = new HashMap<>();
    QUESTIONS.forEach(question -> alone.put(question, retrieve(question)));
    assertThat(alone.values()).noneMatch(List::isEmpty);

    run(CALLS, question -> assertThat(retrieve(question)).isEqualTo(alone.get(question)));
  }

  @Test
  void streamAsk_manyThreads_giveTheSameAnswer() throws Exception {
    Map<String, Said> alone = new HashMap<>();
    QUESTIONS.forEach(question -> alone.put(question, ask(question)));

    run(STREAMED, question -> assertThat(ask(question)).isEqualTo(alone.get(question)));
  }

  /** Checks each question in turn, so many times in all, from many threads. */
  private static void run(int count, Consumer<String> check) throws Exception {
    List<Future<?>> checks = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < count; i++) {
        String question = QUESTIONS.get(i % QUESTIONS.size());
        checks.add(threads.submit(() -> check.accept(question)));
      }
      for (Future<?> done : checks) {
        done.get();
      }
    }
  }

  private static List<Passage> retrieve(String question) {
    return client
        .retrieve(RetrieveRequest.newBuilder().setCorpus(CORPUS).setQuestion(question).build())
        .getPassagesList();
  }

  private static Said ask(String question) {
    StreamAskRequest request =
        StreamAskRequest.newBuilder().setCorpus(CORPUS).setQuestion(question).build();
    try (AnswerStream stream = client.streamAsk(request)) {
      return new Said(StreamLaws.readWhole(stream));
    }
  }
}
