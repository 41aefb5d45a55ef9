package dev.ragline.answering.grounded;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.WellFormed;
import dev.ragline.document.Deadline;
import dev.ragline.document.RagException;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.retrieval.Passage;
import java.time.Duration;
import java.util.List;

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

  /**
   * @param model is closed with the writer
   */
  public GroundedWriter(ChatModel model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Outcome write(String question, List<Passage> passages, Deadline deadline, Draft draft) {
    CitedText text = new CitedText(passages, draft);
    CitationMarks marks = new CitationMarks(text);
    WellFormed wellFormed = new WellFormed();
    ChatOutcome outcome =
        model.chat(
            Prompt.of(question, passages), deadline, piece -> marks.accept(wellFormed.next(piece)));
    marks.accept(wellFormed.end());
    marks.finish();
    text.finish();
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
    return new Outcome(state, outcome.model(), outcome.usage());
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
