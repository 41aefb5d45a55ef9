package dev.ragline.answering;

import dev.ragline.call.Call;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Stage;
import dev.ragline.gating.Gate;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.transform.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer's text from passages: a language model, or a quoter. */
public interface AnswerWriter extends AutoCloseable {
  /** Who writes. */
  String name();

  /** The least relevance of passages that it writes from, where nobody says otherwise. */
  default double usualThreshold() {
    return Gate.THRESHOLD;
  }

  /** Why there is no answer where it abstains. */
  default Answer.AbstainReason foundNone() {
    return Answer.AbstainReason.NO_RELEVANT_PASSAGE;
  }

  /**
   * Writes to {@code draft}, on the calling thread; interrupting it ends the work.
   *
   * @param passages by rank, at least one
   * @throws dev.ragline.document.RagException when the writer fails
   */
  Outcome write(String question, List<Passage> passages, Call call, Draft draft);

  /**
   * The same with all that may be said of how to write; a writer that follows none of it need not
   * look at it.
   */
  default Outcome write(Assignment assignment, Call call, Draft draft) {
    return write(assignment.question(), assignment.passages(), call, draft);
  }

  /**
   * What is to be written.
   *
   * @param question which stands alone
   * @param found with at least one passage
   * @param history what was said before, the oldest first
   * @param generation how to write; what is open, the writer decides
   */
  record Assignment(
      String question, Retrieval found, List<Turn> history, GenerationSettings generation) {
    public Assignment {
      history = List.copyOf(history);
    }

    /** A question with its passages, and nothing more. */
    public static Assignment of(String question, List<Passage> passages) {
      Retrieval found = new Retrieval(passages, false, List.of(), List.of());
      return new Assignment(question, found, List.of(), GenerationSettings.NONE);
    }

    /** What of the question the passages were compared with: no greeting, no pasted log. */
    public String core() {
      return found.core(question);
    }

    /** By rank. */
    public List<Passage> passages() {
      return found.passages();
    }
  }

  /** Takes what is written; every method may block, which slows the writer down. */
  interface Draft {
    /** Appends text; pieces may be cut anywhere, even within a code point, and may be empty. */
    void text(String piece);

    /** Bytes of UTF-8 appended so far. */
    long length();

    /** What was appended so far, from a char on. */
    String text(int start);

    /** All that was appended so far. */
    default String text() {
      return text(0);
    }

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
   * @param pace how fast a language model wrote; null where none did
   * @param stages what the writer did on the way
   */
  record Outcome(
      Answer.State state, String model, TokenUsage usage, @Nullable Pace pace, List<Stage> stages) {
    public Outcome {
      stages = List.copyOf(stages);
    }

    /** What was written without a language model. */
    public Outcome(Answer.State state, String model, TokenUsage usage) {
      this(state, model, usage, null, List.of());
    }
  }

  @Override
  void close();
}
