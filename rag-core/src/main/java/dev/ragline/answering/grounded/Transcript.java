package dev.ragline.answering.grounded;

import dev.ragline.answering.AnswerWriter.Draft;
import dev.ragline.generation.ChatOutcome.Finish;

/** What becomes of a model's text as it comes. */
sealed interface Transcript {
  /** Takes the next piece, which may be empty. */
  void accept(String piece);

  /** Ends the text. */
  void finish(Finish finish, Draft draft);

  /**
   * A way to take a text down.
   *
   * @param json whether the text is to be JSON
   */
  static Transcript of(boolean json, CitedText text) {
    return json ? new Json(text) : new Marked(text, new CitationMarks(text));
  }

  /** Marks are taken out and cited. */
  record Marked(CitedText text, CitationMarks marks) implements Transcript {
    @Override
    public void accept(String piece) {
      marks.accept(piece);
    }

    @Override
    public void finish(Finish finish, Draft draft) {
      marks.finish();
      text.finish();
    }
  }

  /** Passes as it is, as {@code [1]} means something else in JSON, and is cited by its words. */
  record Json(CitedText text) implements Transcript {
    @Override
    public void accept(String piece) {
      if (!piece.isEmpty()) {
        text.text(piece);
      }
    }

    @Override
    public void finish(Finish finish, Draft draft) {
      boolean json = text.finishJson();
      if (!json && finish == Finish.STOP && !text.isBlank()) {
        draft.warn("NOT_JSON", "the model was asked for JSON and said something else");
      }
    }
  }
}
