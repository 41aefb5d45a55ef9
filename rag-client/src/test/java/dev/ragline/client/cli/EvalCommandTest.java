package dev.ragline.client.cli;

import static dev.ragline.client.cli.CommandLineHarness.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.evaluation.AnsweredReports;
import dev.ragline.client.evaluation.Reports;
import dev.ragline.client.fake.Errors;
import dev.ragline.v1.Chunking;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluationConfiguration;
import dev.ragline.v1.RetrievalMode;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EvalCommandTest {
  private static final String LINES =
      """
      {"question": "a", "passage": "One."}
      {"question": "b", "passage": "Two."}
      {"question": "c", "document": "other", "text": "x"}
      {"question": "d", "unanswerable": true}
      """;

  private final CommandLineHarness rag = new CommandLineHarness();
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("set.jsonl"), LINES);
    rag.server.evaluations.report = Reports.response();
  }

  @AfterEach
  void close() {
    rag.close();
  }

  private EvaluateRequest asked() {
    return Objects.requireNonNull(rag.server.evaluations.asked);
  }

  @Test
  void eval_ofACorpus_isATable() {
    assertGolden("eval", rag.run("eval", file.toString(), "--corpus", "faq"));

    assertThat(asked().getCorpus()).isEqualTo("corpora/faq");
    assertThat(asked().getQuestionsCount()).isEqualTo(4);
    assertThat(asked().getSeed()).isEqualTo(1);
    assertThat(asked().getAnswers()).isFalse();
    assertThat(asked().getConfigurationsList()).hasSize(1);
    assertThat(asked().getConfigurations(0).getLabel()).isEqualTo("default");
    assertThat(asked().getConfigurations(0).getRetrieval().getLimit()).isZero();
    assertThat(rag.server.corpora.held).isEmpty();
    assertThat(rag.server.operations.held).as("the finished operation").isEmpty();
  }

  @Test
  void eval_kindsAndSlips_areToldWithTheTable() {
    rag.server.evaluations.report = AnsweredReports.response();

    assertGolden("eval-kinds", rag.run("eval", file.toString(), "--corpus", "faq", "--answers"));
  }

  @Test
  void eval_json_isOneLineWithTheMainFiguresFirst() throws InvalidProtocolBufferException {
    Ended ended = rag.run("eval", file.toString(), "--corpus", "faq", "--json");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.outLines()).hasSize(1);
    Struct.Builder json = Struct.newBuilder();
    JsonFormat.parser().merge(ended.out(), json);
    assertThat(json.getFieldsOrThrow("hitAt1").getNumberValue()).isEqualTo(1 / 3.0);
    assertThat(json.getFieldsOrThrow("hitAt3").getNumberValue()).isEqualTo(1 / 3.0);
    assertThat(json.getFieldsOrThrow("hitAt5").getNumberValue()).isEqualTo(1 / 3.0);
    assertThat(json.getFieldsOrThrow("mrr").getNumberValue()).isEqualTo(0.5);
    assertThat(json.getFieldsOrThrow("ndcgAt10").getNumberValue()).isEqualTo(0.6);
    assertThat(json.getFieldsOrThrow("configurations").getListValue().getValuesCount())
        .isEqualTo(2);
    assertThat(ended.out()).contains("\"label\":\"default\"", "\"rank\":12");
  }

  @Test
  void eval_ownPassages_areInATemporaryCorpusThatGoes() {
    CompletableFuture<Chunking> chunking = new CompletableFuture<>();
    rag.server.operations.onWait =
        () -> chunking.complete(rag.server.corpora.held.firstEntry().getValue().getChunking());

    Ended ended = rag.run("eval", file.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(asked().getCorpus()).matches("corpora/eval-[0-9a-f-]{36}");
    assertThat(chunking.join().hasSeparator()).isTrue();
    assertThat(rag.server.documents.held.keySet())
        .containsExactly(
            asked().getCorpus() + "/documents/passage-00001",
            asked().getCorpus() + "/documents/passage-00002");
    assertThat(asked().getConfigurations(0).getRetrieval().getConsistencyToken()).isNotEmpty();
    assertThat(ended.err()).contains("[2/2] passages\n", "[4/4] questions\n");
    assertThat(rag.server.corpora.held).isEmpty();
  }

  @Test
  void eval_html_isWrittenBesideTheTable() throws IOException {
    Path report = folder.resolve("r.html");

    Ended ended = rag.run("eval", file.toString(), "--corpus", "faq", "--html", report.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(Files.readString(report)).contains("<svg", "bm25 &lt;b&gt;");
    Path nowhere = folder.resolve("no/r.html");
    assertThat(rag.run("eval", file.toString(), "--corpus", "faq", "--html", nowhere.toString()))
        .matches(failed -> failed.exitCode() == 1 && failed.err().contains("cannot be written"));
  }

  @Test
  void eval_configs_areTheOptionsWithMoreOnTop() {
    Ended ended =
        rag.run(
            "eval",
            file.toString(),
            "--corpus=faq",
            "--limit=20",
            "--config=bm25:mode=lexical",
            "--config=fusion=rrf:10,limit=5",
            "--config=weighted:mode=Hybrid,fusion=weighted:0.6",
            "--config=again:",
            "--config=chosen:collapse=true,section=true,mmr=0.5,min-score=-1",
            "--answers",
            "--seed=7");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(asked().getConfigurationsList().stream().map(EvaluationConfiguration::getLabel))
        .containsExactly(
            "limit=20", "bm25", "fusion=rrf:10,limit=5", "weighted", "again", "chosen");
    assertThat(asked().getConfigurationsList().stream().map(one -> one.getRetrieval().getLimit()))
        .containsExactly(20, 20, 5, 20, 20, 20);
    assertThat(asked().getConfigurations(1).getRetrieval().getMode())
        .isEqualTo(RetrievalMode.RETRIEVAL_MODE_LEXICAL);
    assertThat(asked().getConfigurations(2).getRetrieval().getFusion().getReciprocalRank().getK())
        .isEqualTo(10);
    assertThat(asked().getConfigurations(3).getRetrieval().getFusion().getWeighted())
        .matches(weighted -> weighted.getDenseWeight() == 0.6);
    assertThat(asked().getConfigurations(5).getRetrieval())
        .matches(chosen -> chosen.getSelection().getCollapse())
        .matches(chosen -> chosen.getSelection().getMmrLambda() == 0.5)
        .matches(chosen -> chosen.getSelection().getMinScore() == -1)
        .matches(chosen -> chosen.getExpansion().getSection());
    assertThat(asked().getAnswers()).isTrue();
    assertThat(asked().getSeed()).isEqualTo(7);
  }

  @Test
  void eval_questions_drawsSome() {
    rag.run("eval", file.toString(), "--corpus", "faq", "--questions", "2");
    assertThat(asked().getQuestionsCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--config mode=lexical --config mode=lexical | two configurations are called"
            + " 'mode=lexical'",
        "--config lexical | given as NAME:key=value",
        "--config x:mod=lexical | --config x:mod=lexical: Unknown option: '--mod=lexical'",
        "--config x:mode=best | expected one of [HYBRID, DENSE, LEXICAL]",
        "--config x:limit=0 | --limit is 1 to 100, not 0",
        "--fusion best | is not evidence",
        "--fusion rrf:many | is not evidence",
        "--questions 0 | --questions is at least 1",
        "--corpus a/b | a corpus id",
      })
  void eval_wrongUsage_isSaidInOneLine(String options, String message) {
    Ended ended = rag.run(("eval " + file + " " + options).split(" "));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains(message).hasLineCount(1);
    assertThat(rag.server.evaluations.asked).isNull();
  }

  @Test
  void eval_noPassagesAndNoCorpus_isWrongUsage() throws IOException {
    Files.writeString(file, "{\"question\": \"a\", \"document\": \"d\"}\n");

    Ended ended = rag.run("eval", file.toString());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("hold no 'passage'", "--corpus").hasLineCount(1);
  }

  @Test
  void eval_fileThatCannotBeUnderstood_fails() throws IOException {
    Ended absent = rag.run("eval", folder.resolve("none").toString());
    assertThat(absent.exitCode()).isEqualTo(1);
    assertThat(absent.err()).contains("none: cannot be read").hasLineCount(1);

    Files.writeString(file, "{\"question\": \"a\"}\n");
    Ended wrong = rag.run("eval", file.toString());
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("set.jsonl: line 1: nothing is expected").hasLineCount(1);
  }

  @Test
  void eval_thatFails_saysWhyAndLeavesNoCorpus() {
    rag.server.evaluations.error =
        com.google.rpc.Status.newBuilder()
            .setCode(Code.UNAVAILABLE_VALUE)
            .setMessage("the store is away")
            .addDetails(
                com.google.protobuf.Any.pack(
                    com.google.rpc.ErrorInfo.newBuilder().setReason("STORE_UNAVAILABLE").build()))
            .build();

    Ended ended = rag.run("eval", file.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).endsWith("rag: the store is away (STORE_UNAVAILABLE)\n");
    assertThat(rag.server.corpora.held).isEmpty();
  }

  @Test
  void eval_passageRefused_leavesNoCorpus() {
    rag.server.documents.uploadFailures.add(Errors.storeUnavailable());

    Ended ended = rag.run("eval", file.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("(STORE_UNAVAILABLE)");
    assertThat(rag.server.corpora.held).isEmpty();
  }

  @Test
  void eval_requestTooLarge_saysWhatToDo() {
    rag.server.evaluations.refusal = Status.RESOURCE_EXHAUSTED.asRuntimeException();

    Ended ended = rag.run("eval", file.toString(), "--corpus", "faq");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("--questions", "server.max-message-bytes");
  }

  @Test
  void eval_interrupted_cancelsAndLeavesNoCorpus() throws Exception {
    rag.server.operations.endless = true;
    Shell shell = rag.shell();
    CompletableFuture<Ended> ended =
        CompletableFuture.supplyAsync(() -> rag.run(shell, "eval", file.toString()));
    assertThat(rag.server.operations.awaited.await(30, TimeUnit.SECONDS)).isTrue();

    shell.interrupt();

    assertThat(ended.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(130);
    assertThat(rag.server.operations.cancelled.getCount()).isZero();
    assertThat(rag.server.corpora.held).isEmpty();
  }

  @Test
  void eval_timeoutPasses_cancelsAndSaysSo() {
    rag.server.operations.endless = true;

    Ended ended = rag.run("eval", file.toString(), "--timeout", "2s");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).endsWith("--timeout allows longer (DEADLINE_EXCEEDED)\n");
    assertThat(rag.server.operations.cancelled.getCount()).isZero();
    assertThat(rag.server.corpora.held).isEmpty();
  }
}
