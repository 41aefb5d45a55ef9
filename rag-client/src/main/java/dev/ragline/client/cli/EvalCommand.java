package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.client.evaluation.HtmlReport;
import dev.ragline.client.evaluation.QuestionFile;
import dev.ragline.client.evaluation.QuestionFile.Passages;
import dev.ragline.client.evaluation.QuestionFileException;
import dev.ragline.client.evaluation.QuestionSet;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rag eval}: measures retrieval, and answers, by questions with known answers. */
@Command(
    name = "eval",
    description = "Measures how well questions are answered whose answers are known.",
    footer = {
      "",
      "A file of JSON lines has an object a line: question, and what is right: document (its",
      "id), section (a heading) and text (what the passage contains), answer, or unanswerable; and",
      "its kind, if figures are wanted by kind. SQuAD's JSON is read too.",
      "Without --corpus the file's own passages (SQuAD's paragraphs; the passage of a JSON line)",
      "go into a temporary corpus, each as one chunk; it is deleted at the end.",
      "",
      "The options of search make the first configuration. Each --config sets options on top of",
      "those, for one more that is compared with it: --config bm25:mode=lexical",
      "",
      "Examples:",
      "  rag eval squad.json",
      "  rag eval questions.jsonl --corpus handbook --html report.html",
      "  rag eval squad.json --config bm25:mode=lexical --config rrf:fusion=rrf --json"
    })
final class EvalCommand extends ClientCommand {
  private static final Duration TIMEOUT = Duration.ofHours(1);
  private static final int MAX_QUESTIONS = 10_000;

  @Parameters(paramLabel = "FILE", description = "The questions: JSON lines, or SQuAD's JSON.")
  private Path file = Path.of("");

  @Option(
      names = "--corpus",
      paramLabel = "NAME",
      description = "The corpus to ask; one of the file's own passages where not given.")
  private String corpus = "";

  @Mixin private final RetrievalOptions retrieval = new RetrievalOptions();

  @Option(
      names = "--config",
      paramLabel = "NAME:KEY=VALUE,…",
      description = "One more configuration to compare: options of search without their dashes.")
  private List<String> configs = List.of();

  @Option(names = "--answers", description = "Answer the questions too, and measure the answers.")
  private boolean answers;

  @Option(
      names = "--questions",
      paramLabel = "N",
      description = "Ask only so many of the questions, drawn at random.")
  private @Nullable Integer count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What the draw and the intervals begin with; 1 where not given.")
  private long seed = 1;

  @Option(
      names = "--html",
      paramLabel = "REPORT.html",
      description =
          "Write a page with plots, the questions that were missed, and answers beside what was"
              + " expected.")
  private @Nullable Path html;

  @Spec private CommandSpec spec = CommandSpec.create();

  private List<EvaluationConfiguration> configurations = List.of();
  private QuestionSet questions = new QuestionSet(List.of(), List.of());

  EvalCommand(Shell shell) {
    super(shell);
  }

  @Override
  Duration usualTimeout() {
    return TIMEOUT;
  }

  @Override
  void check() {
    retrieval.check();
    configurations = EvalConfigurations.of(spec.commandLine().getParseResult(), configs);
    if (!corpus.isEmpty()) {
      corpus = ResourceArguments.corpus(corpus);
    }
    if (count != null && count < 1) {
      throw CommandException.usage("--questions is at least 1, not " + count);
    }
    questions = read();
    if (questions.questions().size() > MAX_QUESTIONS) {
      throw CommandException.failed(
          "%d questions are more than the %d that one evaluation takes; draw some with --questions"
              .formatted(questions.questions().size(), MAX_QUESTIONS));
    }
    if (corpus.isEmpty() && questions.passages().isEmpty()) {
      throw CommandException.usage(
          "the lines of %s hold no 'passage'; say with --corpus which corpus to ask"
              .formatted(file));
    }
  }

  private QuestionSet read() {
    Passages passages = corpus.isEmpty() ? Passages.OWN : Passages.OF_A_CORPUS;
    try {
      QuestionSet all = QuestionFile.read(file, passages);
      return count == null ? all : all.sample(count, seed);
    } catch (QuestionFileException e) {
      throw CommandException.failed(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw CommandException.failed(file + ": cannot be read: " + SourceFiles.why(e));
    }
  }

  @Override
  int run(RagClient client) {
    EvaluateRequest.Builder request =
        EvaluateRequest.newBuilder()
            .addAllQuestions(questions.questions())
            .addAllConfigurations(configurations)
            .setAnswers(answers)
            .setSeed(seed);
    EvaluateResponse report = new Evaluation(shell, client).run(request, corpus, questions);
    Stream.concat(
            report.getWarningsList().stream(),
            report.getConfigurationsList().stream()
                .flatMap(result -> result.getWarningsList().stream()))
        .distinct()
        .forEach(warning -> shell.note(Text.warning(warning)));
    if (html != null) {
      write(html, HtmlReport.render(file.toString(), request.build(), report));
    }
    if (json()) {
      EvalJson.print(shell.out(), report);
    } else {
      new EvalTable(report).print(shell.out());
    }
    return ExitCode.DONE;
  }

  private static void write(Path to, String page) {
    try {
      var unused = Files.writeString(to, page);
    } catch (IOException e) {
      throw CommandException.failed(to + ": cannot be written: " + SourceFiles.why(e));
    }
  }
}
