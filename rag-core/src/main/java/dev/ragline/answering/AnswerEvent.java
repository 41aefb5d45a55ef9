package dev.ragline.answering;

import dev.ragline.document.Sha256;
import dev.ragline.document.Warning;
import dev.ragline.gating.Confidence;
import dev.ragline.retrieval.CandidateTrace;
import dev.ragline.retrieval.Passage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event of an answer's stream. {@code Started} comes first, {@code Retrieved} before any text,
 * {@code Completed} last and once; the texts joined are the completed answer's text, byte for byte;
 * a citation covers only text already sent.
 *
 * @param sequence position in the stream, from 0
 * @param elapsed since the question was taken up
 */
public record AnswerEvent(AnswerId answer, long sequence, Duration elapsed, Happening happening) {
  /** What happened. */
  public sealed interface Happening {}

  /** The question was taken up; {@code model} will write the answer. */
  public record Started(String model) implements Happening {}

  /**
   * The passages are there.
   *
   * @param passages by rank
   * @param rewrittenQuestion what was searched for in place of the question; null for itself
   * @param candidates what became of every chunk that was found; empty unless asked for
   * @param confidence how sure it is that they hold what was asked for; null where not judged
   */
  public record Retrieved(
      List<Passage> passages,
      @Nullable String rewrittenQuestion,
      List<CandidateTrace> candidates,
      @Nullable Confidence confidence)
      implements Happening {
    /** What was found for the question itself. */
    public Retrieved(List<Passage> passages) {
      this(passages, null, List.of(), null);
    }
  }

  /**
   * More text, never empty and never splitting a code point.
   *
   * @param startByte bytes of the answer before it
   */
  public record TextDelta(String text, long startByte) implements Happening {}

  /**
   * A claim among the text sent so far has a source.
   *
   * @param claimDigest digest of the claim's bytes
   */
  public record CitationAdded(Citation citation, Sha256 claimDigest) implements Happening {}

  /** Something is not as it should be, but the answer goes on. */
  public record Warned(Warning warning) implements Happening {}

  /** The model told what it used. */
  public record UsageReported(Usage usage) implements Happening {}

  /** The end, with all that was sent. */
  public record Completed(Answer answer) implements Happening {}
}
