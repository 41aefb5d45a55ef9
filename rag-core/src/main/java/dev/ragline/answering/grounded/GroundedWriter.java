package dev.ragline.answering.grounded;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.GenerationLimits;
import dev.ragline.answering.Pace;
import dev.ragline.answering.WellFormed;
import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.gating.Gate;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.retrieval.Passage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Has a language model write from the passages, and turns the marks by which it names its sources
 * into citations. A model that stops at its token limit or a content filter, or is cut off at our
 * own limit, gives an INTERRUPTED answer and a warning with the reason as its code; one that says
 * nothing and yet ends properly fails with UNAVAILABLE LLM_EMPTY, as nobody would take silence for
 * an answer. A prompt that the model refuses as longer than its context is fitted to what it tells,
 * and asked once more.
 */
public final class GroundedWriter implements AnswerWriter {
  private static final String CONTEXT_EXCEEDED = "LLM_CONTEXT_EXCEEDED";
  private static final Duration RETRY_EMPTY = Duration.ofSeconds(1);

  private final ChatModel model;
  private final GenerationLimits limits;
  private final LongSupplier nanoClock;

  /** One that may write as long as the model does. */
  public GroundedWriter(ChatModel model) {
    this(model, GenerationLimits.NONE);
  }

  /**
   * @param model is closed with the writer
   */
  public GroundedWriter(ChatModel model, GenerationLimits limits) {
    this.model = model;
    this.limits = limits;
    this.nanoClock = System::nanoTime;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public double usualThreshold() {
    return Gate.MODEL_THRESHOLD;
  }

  @Override
  public Answer.AbstainReason foundNone() {
    return Answer.AbstainReason.NOT_IN_PASSAGES;
  }

  @Override
  public Outcome write(String question, List<Passage> passages, Call call, Draft draft) {
    return write(Assignment.of(question, passages), call, draft);
  }

  @Override
  public Outcome write(Assignment assignment, Call call, Draft draft) {
    GenerationSettings settings = assignment.generation();
    limits.requireAllowed(settings.model());
    ChatOptions options = options(settings, draft);
    Stages stages = new Stages(call, nanoClock);
    int window = window(options);
    try {
      return write(assignment, options, window, stages, call, draft);
    } catch (RagException e) {
      int told = window(options);
      if (!e.reason().equals(CONTEXT_EXCEEDED) || told >= window) {
        throw e;
      }
      return write(assignment, options, told, stages, call, draft);
    }
  }

  /** Tokens of prompt and answer together; fewer once the model has refused so many. */
  private int window(ChatOptions options) {
    return model.contextTokens(options.model(), limits.contextTokens());
  }

  private Outcome write(
      Assignment assignment,
      ChatOptions options,
      int window,
      Stages stages,
      Call call,
      Draft draft) {
    GenerationSettings settings = assignment.generation();
    Instructions instructions = Instructions.of(settings, assignment.passages());
    ContextBudget budget = new ContextBudget(name(), window, options.maxTokens());
    Fitted fitted =
        stages.run(
            "fit",
            Fitted::detail,
            () ->
                budget.fit(
                    instructions,
                    assignment.question(),
                    assignment.passages(),
                    assignment.history()));
    ChatPrompt prompt = fitted.prompt(instructions, assignment.question(), options);
    CitedText text = new CitedText(fitted.passages(), draft);
    Transcript transcript = Transcript.of(settings.schema() != null, text);
    WellFormed wellFormed = new WellFormed();
    NoAnswer noAnswer = new NoAnswer();
    Stopwatch watch = new Stopwatch(nanoClock);
    // Not before the model has taken the prompt, as what it refuses is fitted anew.
    Warnings warnings = new Warnings(fitted.warnings(), draft);
    ChatOutcome outcome =
        model.chat(
            prompt,
            call,
            piece -> {
              watch.text();
              warnings.tell();
              transcript.accept(noAnswer.next(wellFormed.next(piece)));
            });
    warnings.tell();
    Pace pace = watch.pace();
    transcript.accept(noAnswer.next(wellFormed.end()));
    transcript.accept(noAnswer.end());
    transcript.finish(outcome.finish(), draft);
    outcome.warnings().forEach(warning -> draft.warn(warning.code(), warning.message()));
    return new Outcome(
        noAnswer.said() ? Answer.State.ABSTAINED : state(outcome.finish(), text, draft),
        outcome.model(),
        outcome.usage(),
        pace,
        stages.done());
  }

  private Answer.State state(ChatOutcome.Finish finish, CitedText text, Draft draft) {
    switch (finish) {
      case STOP -> requireText(text);
      case LENGTH -> draft.warn("LENGTH", "the model reached its token limit before its end");
      case CONTENT_FILTER -> draft.warn("CONTENT_FILTER", "a content filter stopped the model");
      case CUT_OFF -> draft.warn("CUT_OFF", "the model was cut off at the server's limit");
    }
    return finish == ChatOutcome.Finish.STOP ? Answer.State.COMPLETE : Answer.State.INTERRUPTED;
  }

  /** Tells warnings once. */
  private static final class Warnings {
    private final Draft draft;
    private List<Warning> untold;

    Warnings(List<Warning> untold, Draft draft) {
      this.untold = untold;
      this.draft = draft;
    }

    void tell() {
      List<Warning> now = untold;
      untold = List.of();
      now.forEach(warning -> draft.warn(warning.code(), warning.message()));
    }
  }

  private ChatOptions options(GenerationSettings settings, Draft draft) {
    Integer tokens = limits.answerTokens(settings.maxTokens());
    if (!Objects.equals(tokens, settings.maxTokens()) && settings.maxTokens() != null) {
      draft.warn(
          "MAX_TOKENS_LOWERED",
          "%d tokens were asked for, and this server allows an answer %d"
              .formatted(settings.maxTokens(), tokens));
    }
    return new ChatOptions(
        settings.model(),
        settings.temperature(),
        settings.seed(),
        tokens,
        settings.stop(),
        settings.schema());
  }

  private void requireText(CitedText text) {
    if (text.isBlank()) {
      throw RagException.unavailable(
          "LLM_EMPTY", "the language model " + name() + " gave an empty answer", RETRY_EMPTY, null);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
