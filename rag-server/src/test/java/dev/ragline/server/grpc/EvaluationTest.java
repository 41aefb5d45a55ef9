package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.DeleteOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.EvaluateMetadata;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationServiceGrpc;
import dev.ragline.v1.KindResult;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class EvaluationTest {
  private static final String QUESTIONS =
      """
      corpus: 'corpora/faq'
      questions { question: 'bread oven' expected { document: 'oven' } answers: 'hot' }
      questions { question: 'mill river' expected { document: 'mill' text: 'by the  river' } }
      questions { question: 'ship harbour' expected { document: 'nowhere' } }
      """;

  @TempDir Path folder;

  private TestServer server() {
    TestServer server = TestServer.in(folder).start();
    server.createCorpus("faq");
    var _ = server.upload("corpora/faq/documents/oven", "The bread oven is hot.");
    var _ = server.upload("corpora/faq/documents/mill", "The mill stands by the\nriver.");
    return server;
  }

  private static EvaluateRequest request(String text) throws TextFormat.ParseException {
    return TextFormat.parse(text, EvaluateRequest.class);
  }

  private static Operation evaluate(TestServer server, String request)
      throws TextFormat.ParseException {
    return EvaluationServiceGrpc.newBlockingStub(server.channel()).evaluate(request(request));
  }

  private static OperationsGrpc.OperationsBlockingStub operations(TestServer server) {
    return OperationsGrpc.newBlockingStub(server.channel());
  }

  private static Operation get(TestServer server, String name) {
    return operations(server).getOperation(GetOperationRequest.newBuilder().setName(name).build());
  }

  private static Operation await(TestServer server, Operation operation) {
    Operation latest = operation;
    while (!latest.getDone()) {
      latest =
          operations(server)
              .waitOperation(
                  WaitOperationRequest.newBuilder().setName(operation.getName()).build());
    }
    return latest;
  }

  @Test
  void evaluate_twoConfigurations_measuresBothAndTheDifference()
      throws TextFormat.ParseException, InvalidProtocolBufferException {
    try (TestServer server = server()) {
      Operation started =
          evaluate(
              server,
              QUESTIONS
                  + "configurations { label: 'words' retrieval { mode: RETRIEVAL_MODE_LEXICAL } }"
                  + "configurations { label: 'one' retrieval { limit: 1 } }");
      assertThat(started.getName()).startsWith("operations/");

      Operation done = await(server, started);

      assertThat(done.getError()).isEqualTo(com.google.rpc.Status.getDefaultInstance());
      EvaluateMetadata metadata = done.getMetadata().unpack(EvaluateMetadata.class);
      assertThat(metadata.getCorpus()).isEqualTo("corpora/faq");
      assertThat(metadata.getQuestionsDone()).isEqualTo(3);
      assertThat(metadata.getQuestionsTotal()).isEqualTo(3);
      EvaluateResponse response = done.getResponse().unpack(EvaluateResponse.class);
      assertThat(response.getWithAnswers()).isEqualTo(1);
      ConfigurationResult words = response.getConfigurations(0);
      assertThat(words.getLabel()).isEqualTo("words");
      assertThat(words.getRetrieval().getMode()).isEqualTo(RetrievalMode.RETRIEVAL_MODE_LEXICAL);
      assertThat(words.getRetrieval().getLimit()).isEqualTo(10);
      assertThat(words.getMetrics().getHitAt1().getValue()).isEqualTo(2 / 3.0);
      assertThat(words.getMetrics().getHitAt1().getQuestions()).isEqualTo(3);
      assertThat(words.getMetrics().getAnswerInFirst().getValue()).isEqualTo(1);
      assertThat(words.getMetrics().hasAnswerContainment()).isFalse();
      assertThat(words.hasDifference()).isFalse();
      assertThat(Durations.toNanos(words.getLatency().getP99())).isPositive();
      assertThat(words.getOutcomes(0).getRank()).isEqualTo(1);
      assertThat(words.getOutcomes(0).getFoundCount()).isZero();
      assertThat(words.getOutcomes(2).getRank()).isZero();
      ConfigurationResult one = response.getConfigurations(1);
      assertThat(one.getRetrieval().getLimit()).isEqualTo(1);
      assertThat(one.getDifference().hasMrr()).isTrue();
      assertThat(one.getOutcomes(2).getFound(0).getChunk()).endsWith("/chunks/0");
      assertThat(one.getOutcomes(2).getFound(0).getRight()).isFalse();
    }
  }

  @Test
  void evaluate_answers_measuresWhatIsAnswered() throws Exception {
    try (TestServer server = server()) {
      Operation done = await(server, evaluate(server, QUESTIONS + "answers: true"));

      ConfigurationResult result =
          done.getResponse().unpack(EvaluateResponse.class).getConfigurations(0);
      assertThat(result.getLabel()).isEqualTo("default");
      assertThat(result.getMetrics().getAnswerContainment().getValue()).isEqualTo(1);
      assertThat(result.getOutcomes(0).getAnswered()).isTrue();
    }
  }

  @Test
  void evaluate_kindsSectionsAndSlips_areTold() throws Exception {
    try (TestServer server = server()) {
      var _ = server.upload("corpora/faq/documents/yard.md", "# Yard\n\n## Gates\n\nTwo gates.");
      Operation done =
          await(
              server,
              evaluate(
                  server,
                  """
                  corpus: 'corpora/faq'
                  questions { question: 'bread oven' kind: 'fact' expected { document: 'oven' }
                              answers: 'hot' }
                  questions { question: 'how many gates has the yard' kind: 'count'
                              expected { document: 'yard.md' section: 'Gates' } answers: 'two' }
                  questions { question: 'ship harbour' kind: 'fact'
                              expected { document: 'nowhere' } }
                  questions { question: 'yard doors' expected { document: 'yard.md' section: 'Doors' } }
                  answers: true
                  """));

      EvaluateResponse response = done.getResponse().unpack(EvaluateResponse.class);
      assertThat(response.getWarningsList().stream().map(Warning::getCode))
          .containsExactly("EXPECTED_DOCUMENT_MISSING", "EXPECTED_SECTION_MISSING");
      assertThat(response.getWarnings(0).getMessage()).contains("nowhere");
      ConfigurationResult result = response.getConfigurations(0);
      assertThat(result.getKindsList().stream().map(KindResult::getKind))
          .containsExactly("fact", "count");
      assertThat(result.getKinds(0).getQuestions()).isEqualTo(2);
      assertThat(result.getKinds(0).getMetrics().getHitAt1().getValue()).isEqualTo(0.5);
      assertThat(result.getKinds(1).getMetrics().getSectionAt1().getValue()).isEqualTo(1);
      assertThat(result.getMetrics().getDocumentAt1().getValue()).isEqualTo(1);
      assertThat(result.getMetrics().getSectionAt3().getValue()).isEqualTo(0.5);
      assertThat(result.getMetrics().hasFalseAbstention()).isTrue();
      assertThat(result.getOutcomes(0).getAnswer()).contains("hot");
      assertThat(result.getOutcomes(0).hasRelevance()).isTrue();
      assertThat(result.getOutcomes(1).getSectionRank()).isEqualTo(1);
      assertThat(result.getOutcomes(3).getDocumentRank()).isEqualTo(1);
      assertThat(result.getOutcomes(3).getSectionRank()).isZero();
    }
  }

  @Test
  void evaluate_noSuchCorpus_isRefusedAtOnce() {
    try (TestServer server = server()) {
      Failure failure =
          Failure.of(() -> evaluate(server, QUESTIONS.replace("corpora/faq", "corpora/none")));
      assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(failure.resource()).isEqualTo("corpora/none");
      assertThat(
              operations(server)
                  .listOperations(ListOperationsRequest.getDefaultInstance())
                  .getOperationsCount())
          .isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "corpus: 'faq' questions { question: 'q' unanswerable: true } | corpus",
        "corpus: 'corpora/faq' | questions",
        "corpus: 'corpora/faq' questions { question: 'q' } | questions[0].expected",
        "corpus: 'corpora/faq' questions { unanswerable: true } | questions[0].question",
        "corpus: 'corpora/faq' questions { question: ' ' unanswerable: true } |"
            + " questions[0].question",
        "corpus: 'corpora/faq' questions { question: 'q' expected {} } |"
            + " questions[0].expected[0].document",
        "corpus: 'corpora/faq' questions { question: 'q' expected { document: 'a/b' } } |"
            + " questions[0].expected[0].document",
        "corpus: 'corpora/faq' questions { question: 'q' answers: '' } | questions[0].answers[0]",
        "corpus: 'corpora/faq' questions { question: 'q' unanswerable: true } configurations {}"
            + " configurations {} | configurations",
        "corpus: 'corpora/faq' questions { question: 'q' unanswerable: true } configurations {"
            + " retrieval { limit: 101 } } | configurations[0].retrieval.limit",
      })
  void evaluate_notAsItMustBe_isRefusedForTheField(String request, String field) {
    try (TestServer server = server()) {
      Failure failure = Failure.of(() -> evaluate(server, request));
      assertThat(failure.code()).as(failure.message()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).as(failure.message()).containsExactly(field);
    }
  }

  @Test
  void evaluate_questionThatCannotBeAsked_isTheOperationsError() throws Exception {
    try (TestServer server = server()) {
      Operation done =
          await(
              server,
              evaluate(
                  server, QUESTIONS + "configurations { retrieval { consistency_token: 'x' } }"));

      assertThat(done.getDone()).isTrue();
      assertThat(done.getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
      assertThat(done.getError().getDetailsCount()).isEqualTo(2);
    }
  }

  @Test
  void cancel_whileItRuns_stopsTheWork() throws Exception {
    BlockingAnswerer answerer = new BlockingAnswerer();
    try (TestServer server = TestServer.in(folder).withAnswerer(answerer).start()) {
      server.createCorpus("faq");
      Operation running = evaluate(server, QUESTIONS + "answers: true");
      answerer.awaitBegun();
      assertThat(get(server, running.getName()).getDone()).isFalse();
      assertThat(
              operations(server)
                  .waitOperation(
                      WaitOperationRequest.newBuilder()
                          .setName(running.getName())
                          .setTimeout(Durations.fromMillis(1))
                          .build())
                  .getDone())
          .isFalse();

      var _ =
          operations(server)
              .cancelOperation(
                  CancelOperationRequest.newBuilder().setName(running.getName()).build());

      answerer.awaitInterrupted();
      Operation done = await(server, running);
      assertThat(done.getError().getCode()).isEqualTo(Code.CANCELLED_VALUE);
      assertThat(get(server, running.getName())).isEqualTo(done);
    }
  }

  @Test
  void stop_whileItRuns_stopsTheWork() throws Exception {
    BlockingAnswerer answerer = new BlockingAnswerer();
    try (TestServer server = TestServer.in(folder).withAnswerer(answerer).start()) {
      server.createCorpus("faq");
      var _ = evaluate(server, QUESTIONS + "answers: true");
      answerer.awaitBegun();
    }
    answerer.awaitInterrupted();
  }

  @Test
  void delete_done_isListedNoMore() throws Exception {
    try (TestServer server = server()) {
      Operation first = await(server, evaluate(server, QUESTIONS));
      Operation second = await(server, evaluate(server, QUESTIONS));
      ListOperationsRequest page =
          ListOperationsRequest.newBuilder().setName("operations").setPageSize(1).build();
      var firstPage = operations(server).listOperations(page);
      var secondPage =
          operations(server)
              .listOperations(page.toBuilder().setPageToken(firstPage.getNextPageToken()).build());
      assertThat(firstPage.getOperationsList()).hasSize(1);
      assertThat(secondPage.getOperationsList())
          .hasSize(1)
          .doesNotContainAnyElementsOf(firstPage.getOperationsList());

      var _ =
          operations(server)
              .deleteOperation(
                  DeleteOperationRequest.newBuilder().setName(first.getName()).build());

      assertThat(
              operations(server)
                  .listOperations(ListOperationsRequest.getDefaultInstance())
                  .getOperationsList())
          .containsExactly(second);
      Failure failure = Failure.of(() -> get(server, first.getName()));
      assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(failure.resource()).isEqualTo(first.getName());
    }
  }

  @Test
  void operations_whatIsNotSupported_isRefused() {
    try (TestServer server = server()) {
      assertThat(Failure.of(() -> get(server, "corpora/faq")).fields()).containsExactly("name");
      assertThat(Failure.of(() -> get(server, "operations/A B")).fields()).containsExactly("name");
      ListOperationsRequest.Builder list = ListOperationsRequest.newBuilder();
      assertThat(
              Failure.of(() -> operations(server).listOperations(list.setFilter("done").build()))
                  .fields())
          .containsExactly("filter");
      assertThat(
              Failure.of(
                      () ->
                          operations(server).listOperations(list.clear().setPageToken("?").build()))
                  .fields())
          .containsExactly("page_token");
      assertThat(
              Failure.of(
                      () -> operations(server).listOperations(list.clear().setPageSize(-1).build()))
                  .fields())
          .containsExactly("page_size");
      assertThat(
              Failure.of(
                      () ->
                          operations(server)
                              .waitOperation(
                                  WaitOperationRequest.newBuilder()
                                      .setName("operations/x")
                                      .setTimeout(Durations.fromMillis(-1))
                                      .build()))
                  .fields())
          .containsExactly("timeout");
    }
  }
}
