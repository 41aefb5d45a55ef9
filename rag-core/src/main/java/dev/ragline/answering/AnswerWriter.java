package dev.ragline.answering;

import dev.ragline.document.Deadline;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import java.util.List;

/** Writes an answer's text from passages: a language model, or a quoter. */
public interface AnswerWriter extends AutoCloseable {
  /** Who writes. */
  String name();

  /**
   * Writes to {@code draft}, on the calling thread; interrupting it ends the work.
   *
   * @param passages by rank, at least one
   * @throws dev.ragline.document.RagException when the writer fails
   */
  Outcome write(String question, List<Passage> passages, Deadline deadline, Draft draft);

  /** The same for one that looks at more than the passages. */
  default Outcome write(String question, Retrieval found, Deadline deadline, Draft draft) {
    return write(question, found.passages(), deadline, draft);
  }

  /** Takes what is written; every method may block, which slows the writer down. */
  interface Draft {
    /** Appends text; pieces may be cut anywhere, even within a code point, and may be empty. */
    void text(String piece);

    /** Bytes of UTF-8 appended so far. */
    long length();

    /** Gives a claim among the text appended so far a source. */
    void cite(Citation citation);

    /** Tells that something is not as it should be. */
    void warn(String code, String message);
  }

  /**
   * How the writing ended.
   *
   * @param state ABSTAINED when nothing was written because no passage has anything to say
   * @param model the writer's own name for itself
   */
  record Outcome(Answer.State state, String model, TokenUsage usage) {}

  @Override
  void close();
}
