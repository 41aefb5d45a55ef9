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
 * an answer.
 */
public final class GroundedWriter implements AnswerWriter {
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
  public Outcome write(String question, List<Passage> passages, Call call, Draft draft) {
    return write(Assignment.of(question, passages), call, draft);
  }

  @Override
  public Outcome write(Assignment assignment, Call call, Draft draft) {
    GenerationSettings settings = assignment.generation();
    limits.requireAllowed(settings.model());
    ChatOptions options = options(settings, draft);
    Stages stages = new Stages(call, nanoClock);
    Instructions instructions = Instructions.of(settings, assignment.passages());
    Fitted fitted = stages.run("fit", Fitted::detail, () -> fit(assignment, instructions, options));
    fitted.warnings().forEach(warning -> draft.warn(warning.code(), warning.message()));
    ChatPrompt prompt = fitted.prompt(instructions, assignment.question(), options);
    CitedText text = new CitedText(fitted.passages(), draft);
    Transcript transcript = Transcript.of(settings.schema() != null, text);
    WellFormed wellFormed = new WellFormed();
    Stopwatch watch = new Stopwatch(nanoClock);
    ChatOutcome outcome =
        model.chat(
            prompt,
            call,
            piece -> {
              watch.text();
              transcript.accept(wellFormed.next(piece));
            });
    Pace pace = watch.pace();
    transcript.accept(wellFormed.end());
    transcript.finish(outcome.finish(), draft);
    Answer.State state =
        switch (outcome.finish()) {
          case STOP -> Answer.State.COMPLETE;
          case LENGTH, CONTENT_FILTER, CUT_OFF -> Answer.State.INTERRUPTED;
        };
    outcome.warnings().forEach(warning -> draft.warn(warning.code(), warning.message()));
    switch (outcome.finish()) {
      case STOP -> requireText(text);
      case LENGTH -> draft.warn("LENGTH", "the model reached its token limit before its end");
      case CONTENT_FILTER -> draft.warn("CONTENT_FILTER", "a content filter stopped the model");
      case CUT_OFF -> draft.warn("CUT_OFF", "the model was cut off at the server's limit");
    }
    return new Outcome(state, outcome.model(), outcome.usage(), pace, stages.done());
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

  private Fitted fit(Assignment assignment, Instructions instructions, ChatOptions options) {
    int known = limits.contextTokens();
    int window = known > 0 ? known : model.contextTokens(options.model());
    return new ContextBudget(name(), window, options.maxTokens())
        .fit(instructions, assignment.question(), assignment.passages(), assignment.history());
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
