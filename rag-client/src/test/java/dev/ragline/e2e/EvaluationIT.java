package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationQuestion;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rag eval}, and the operation behind it. */
class EvaluationIT {
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [{"title": "Rivers", "paragraphs": [
        {"context": "The Danube rises in the Black Forest and flows into the Black Sea.", "qas": [
          {"question": "Where does the Danube rise?", "is_impossible": false,
           "answers": [{"text": "in the Black Forest", "answer_start": 17}]}]},
        {"context": "The Nile is the longest river of Africa.\\n\\nIt ends in a delta.", "qas": [
          {"question": "Which is the longest river of Africa?", "is_impossible": false,
           "answers": [{"text": "The Nile", "answer_start": 0}]}]},
        {"context": "Bread is baked from flour, water, salt and yeast in a hot oven.", "qas": [
          {"question": "What is bread baked from?", "is_impossible": false,
           "answers": [{"text": "flour, water, salt and yeast", "answer_start": 20}]},
          {"question": "Who wrote the constitution of Japan?", "is_impossible": true,
           "answers": []}]}]}]}
      """;

  @TempDir private static Path folder;
  private static ServerProcess server;
  private static RagClient client;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(folder.resolve("store"), Map.of());
    client = RagClient.builder(server.address()).build();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  private static List<String> corpora() {
    try (var corpora = client.listCorpora()) {
      return corpora.map(corpus -> corpus.getName()).toList();
    }
  }

  private static Map<String, Value> json(Rag.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.lines()).hasSize(1);
    Struct.Builder json = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(result.out(), json);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(result.out(), e);
    }
    return json.getFieldsMap();
  }

  private static double number(Map<String, Value> json, String name) {
    return json.getOrDefault(name, Value.getDefaultInstance()).getNumberValue();
  }

  @Test
  void eval_squad_measuresItsParagraphsAndLeavesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("squad.json"), SQUAD);
    Path html = folder.resolve("report.html");

    Map<String, Value> json =
        json(
            server.rag(
                "eval",
                file.toString(),
                "--json",
                "--answers",
                "--config",
                "bm25:mode=lexical",
                "--config",
                "rrf:fusion=rrf",
                "--html",
                html.toString()));

    for (String name : List.of("hitAt1", "hitAt3", "hitAt5", "mrr", "ndcgAt10")) {
      assertThat(number(json, name)).as(name).isEqualTo(1);
    }
    assertThat(number(json, "questions")).isEqualTo(4);
    assertThat(number(json, "unanswerable")).isEqualTo(1);
    List<Value> configurations =
        json.getOrDefault("configurations", Value.getDefaultInstance())
            .getListValue()
            .getValuesList();
    assertThat(
            configurations.stream()
                .map(one -> one.getStructValue().getFieldsOrThrow("label").getStringValue()))
        .containsExactly("default", "bm25", "rrf");
    assertThat(
            configurations
                .getFirst()
                .getStructValue()
                .getFieldsOrThrow("metrics")
                .getStructValue()
                .getFieldsMap())
        .containsKeys("answerContainment", "abstentionRecall", "answerInFirst3");
    assertThat(Files.readString(html)).contains("<svg", "bm25");
    assertThat(corpora()).noneMatch(name -> name.startsWith("corpora/eval-"));
  }

  @Test
  void eval_jsonLinesOfACorpus_measuresThatCorpus() throws IOException {
    Path documents = folder.resolve("documents");
    OwnDocuments.write(documents);
    String corpus = "notes";
    assertThat(server.rag("ingest", documents.toString(), "--corpus", corpus).exitCode()).isZero();
    Path file =
        Files.writeString(
            folder.resolve("notes.jsonl"),
            """
            {"question": "Where are backups kept?", "text": "cold bucket", "answer": "cold bucket"}
            {"question": "Where are backups kept?", "document": "no such document"}
            """);

    Map<String, Value> json =
        json(server.rag("eval", file.toString(), "--corpus", corpus, "--json"));
    assertThat(number(json, "hitAt5")).isEqualTo(0.5);

    Rag.Result table = server.rag("eval", file.toString(), "--corpus", corpus);
    assertThat(table.exitCode()).as(table.err()).isZero();
    assertThat(table.out()).contains("hit@1", "nDCG@10", "p99 ms", "default");
    assertThat(corpora()).contains("corpora/" + corpus);

    Rag.Result none = server.rag("eval", file.toString(), "--corpus", "absent");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("there is no corpus absent (CORPUS_NOT_FOUND)");
  }

  private static Path many(int passages, int questions) throws IOException {
    String lines =
        IntStream.range(0, Math.max(passages, questions))
            .mapToObj(
                i ->
                    "{\"question\": \"What is %d?\", \"passage\": \"Number %d is odd or even.\"}"
                        .formatted(i, i % passages))
            .collect(Collectors.joining("\n"));
    return Files.writeString(Files.createTempFile(folder, "many", ".jsonl"), lines);
  }

  @Test
  void eval_interruptedWhileAsking_leavesNothing() throws Exception {
    Path file = many(20, 9_000);
    try (RunningRag eval =
        RunningRag.start(
            folder, Map.of("RAGLINE_SERVER", server.address()), "eval", file.toString())) {
      eval.awaitErr("/9000] questions");

      eval.interrupt();

      assertThat(eval.result().exitCode()).isEqualTo(130);
    }
    assertThat(corpora()).noneMatch(name -> name.startsWith("corpora/eval-"));
    try (var operations = client.operations().list()) {
      assertThat(operations.toList())
          .allSatisfy(
              operation ->
                  Waiting.until(
                      operation.getName() + " is done",
                      () -> client.operations().get(operation.getName()).getDone()));
    }
  }

  @Test
  void eval_interruptedWhileIngesting_leavesNothing() throws Exception {
    Path file = many(3_000, 1);
    try (RunningRag eval =
        RunningRag.start(
            folder, Map.of("RAGLINE_SERVER", server.address()), "eval", file.toString())) {
      eval.awaitErr("/3000] passages");

      eval.interrupt();

      assertThat(eval.result().exitCode()).isEqualTo(130);
    }
    assertThat(corpora()).noneMatch(name -> name.startsWith("corpora/eval-"));
  }

  @Test
  void cancel_byTheClient_endsTheOperation() throws IOException {
    assertThat(
            server
                .rag("ingest", Rag.root().resolve("docs/guide").toString(), "--corpus", "guide")
                .exitCode())
        .isZero();
    EvaluateRequest.Builder request =
        EvaluateRequest.newBuilder().setCorpus("corpora/guide").setAnswers(true);
    for (int i = 0; i < 10_000; i++) {
      request.addQuestions(
          EvaluationQuestion.newBuilder().setQuestion("What is chunk " + i + "?").addAnswers("x"));
    }
    Operation operation = client.evaluate(request.build());

    client.operations().cancel(operation.getName());

    RagClientException failure =
        catchThrowableOfType(
            RagClientException.class,
            () -> client.operations().await(operation, EvaluateResponse.class, latest -> {}));
    assertThat(failure.code()).isEqualTo(Status.Code.CANCELLED);
    assertThat(client.operations().get(operation.getName()).getDone()).isTrue();
  }
}
