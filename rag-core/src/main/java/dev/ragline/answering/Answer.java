package dev.ragline.answering;

import dev.ragline.alignment.AlignedSentence;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Sha256;
import dev.ragline.document.Stage;
import dev.ragline.document.Warning;
import dev.ragline.gating.Confidence;
import dev.ragline.retrieval.Passage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param abstainReason set when the state is ABSTAINED, and only then
 * @param model who wrote the text
 * @param sentences the text's sentences with their support, in order
 * @param warnings what is not as it should be, in the order in which it was noticed
 * @param rewrittenQuestion what was searched for and answered in place of the question; null for
 *     itself
 * @param relevance how likely the passages hold what was asked for, 0…1; null where that was not
 *     judged
 * @param confidence how sure that is; null as the relevance
 */
public record Answer(
    AnswerId id,
    State state,
    String text,
    List<Citation> citations,
    List<AlignedSentence> sentences,
    List<Passage> passages,
    @Nullable AbstainReason abstainReason,
    String model,
    Usage usage,
    List<Warning> warnings,
    List<Stage> stages,
    @Nullable String rewrittenQuestion,
    @Nullable Double relevance,
    @Nullable Confidence confidence) {
  /** How an answer ended. */
  public enum State {
    /** The text is all that the model wanted to say. */
    COMPLETE,
    /** There is no answer. */
    ABSTAINED,
    /** The model was stopped before its end; the text is a true beginning. */
    INTERRUPTED
  }

  /** Why there is no answer. */
  public enum AbstainReason {
    EMPTY_CORPUS,
    NO_RELEVANT_PASSAGE,
    FILTER_MATCHES_NOTHING,
    /** An answer was written, but the passages support none of it. */
    NOTHING_SUPPORTED,
    /** The language model read the passages and says that they do not hold the answer. */
    NOT_IN_PASSAGES
  }

  public Answer {
    citations = List.copyOf(citations);
    sentences = List.copyOf(sentences);
    passages = List.copyOf(passages);
    warnings = List.copyOf(warnings);
    stages = List.copyOf(stages);
    if ((state == State.ABSTAINED) != (abstainReason != null)) {
      throw new IllegalArgumentException("an answer abstains for a reason, and only then");
    }
  }

  /** The digest of a citation's claim. */
  public Sha256 claimDigest(Citation citation) {
    return digest(text, citation.claim());
  }

  /** The digest of a range of a text's UTF-8 bytes. */
  static Sha256 digest(String text, ByteRange range) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Sha256.of(bytes, Math.toIntExact(range.start()), Math.toIntExact(range.length()));
  }
}
