package dev.ragline.client.cli;

import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.GroundingSpec;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import dev.ragline.v1.UnsupportedPolicy;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rag ask}: streams an answer. */
@Command(
    name = "ask",
    description = "Answers a question from a corpus, with sources that can be checked.",
    footer = {
      "",
      "Numbers in brackets point to the sources listed below the answer. What is quoted below",
      "\"Closest passages:\" is on the topic and may not be what was asked for. Exits with 4 when",
      "the corpus holds no answer.",
      "",
      "Examples:",
      "  rag ask \"How is data stored?\" --corpus handbook",
      "  rag ask How is data stored --corpus handbook --limit 5 --mode lexical",
      "  rag ask \"How is data stored?\" --corpus handbook --json | jq -r .event.textDelta.text"
    })
final class AskCommand extends ClientCommand {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @Mixin private final Question question = new Question();

  @Mixin private final GenerationOptions generation = new GenerationOptions();

  @Mixin private final MaxTokensOption maxTokens = new MaxTokensOption();

  @Option(
      names = "--unsupported",
      paramLabel = "POLICY",
      description =
          "What becomes of an answer that its passages do not support: mark (default) or abstain,"
              + " which shows nothing before all is checked.")
  private Unsupported unsupported = Unsupported.MARK;

  /** What becomes of an answer that its passages do not support. */
  private enum Unsupported {
    MARK,
    ABSTAIN
  }

  @Mixin private final ThresholdOption threshold = new ThresholdOption();

  AskCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    question.check();
    generation.check();
    threshold.check();
    maxTokens.check();
  }

  @Override
  Duration usualTimeout() {
    return TIMEOUT;
  }

  @Override
  int run(RagClient client) {
    StreamAskRequest.Builder asked =
        StreamAskRequest.newBuilder()
            .setCorpus(question.corpus())
            .setQuestion(question.text())
            .setRetrieval(question.spec())
            .addAllHistory(question.history());
    GroundingSpec rests = grounding();
    if (!rests.equals(GroundingSpec.getDefaultInstance())) {
      asked.setGrounding(rests);
    }
    GenerationSpec answers = maxTokens.on(generation.spec());
    if (!answers.equals(GenerationSpec.getDefaultInstance())) {
      asked.setGeneration(answers);
    }
    StreamAskRequest request = asked.build();
    return json()
        ? ask(shell, client, request, this::printJson)
        : ask(shell, client, request, new AnswerPrinter(shell));
  }

  private GroundingSpec grounding() {
    UnsupportedPolicy policy =
        unsupported == Unsupported.ABSTAIN
            ? UnsupportedPolicy.UNSUPPORTED_POLICY_ABSTAIN
            : UnsupportedPolicy.UNSUPPORTED_POLICY_UNSPECIFIED;
    return threshold.spec().toBuilder().setUnsupported(policy).build();
  }

  /** Asks, shows every event, and returns the exit code that the answer's state means. */
  static int ask(
      Shell shell, RagClient client, StreamAskRequest request, Consumer<AnswerEvent> show) {
    Answer answer = null;
    try (AnswerStream events = client.streamAsk(request)) {
      while (events.hasNext()) {
        AnswerEvent event = events.next();
        show.accept(event);
        if (event.hasCompleted()) {
          answer = event.getCompleted().getAnswer();
        }
      }
    } catch (RagClientException e) {
      if (shell.terminals().out()) {
        shell.out().println(); // what is said about it begins on a line of its own
      }
      throw e;
    }
    if (answer == null) {
      throw CommandException.failed("the server ended the answer without its last event");
    }
    return outcome(shell, answer);
  }

  /** Says what is not usual about an answer, and returns the exit code that its state means. */
  static int outcome(Shell shell, Answer answer) {
    if (answer.getState() == AnswerState.ANSWER_STATE_INTERRUPTED) {
      shell.note("the model was stopped before its end; the answer is a beginning");
    }
    if (answer.getState() != AnswerState.ANSWER_STATE_ABSTAINED) {
      return ExitCode.DONE;
    }
    shell.note(abstention(answer));
    return ExitCode.ABSTAINED;
  }

  private static String abstention(Answer answer) {
    return switch (answer.getAbstainReason()) {
      case ABSTAIN_REASON_EMPTY_CORPUS ->
          "no answer: the corpus holds no documents (EMPTY_CORPUS); add some with: rag ingest";
      case ABSTAIN_REASON_NO_RELEVANT_PASSAGE ->
          "no answer: no passage says anything about the question (NO_RELEVANT_PASSAGE"
              + (answer.hasRelevance()
                  ? ", relevance %.2f)".formatted(answer.getRelevance())
                  : ")");
      case ABSTAIN_REASON_FILTER_MATCHES_NOTHING ->
          "no answer: the filter lets no document pass that holds anything"
              + " (FILTER_MATCHES_NOTHING)";
      case ABSTAIN_REASON_NOTHING_SUPPORTED ->
          "no answer: what was written is not supported by any passage (NOTHING_SUPPORTED)";
      case ABSTAIN_REASON_NOT_IN_PASSAGES ->
          "no answer: the language model found none in the passages (NOT_IN_PASSAGES)";
      default -> "no answer (" + answer.getAbstainReason() + ")";
    };
  }

  private void printJson(AnswerEvent event) {
    Json.print(shell.out(), StreamAskResponse.newBuilder().setEvent(event));
  }
}
