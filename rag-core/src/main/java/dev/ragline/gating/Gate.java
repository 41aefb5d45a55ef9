package dev.ragline.gating;

import dev.ragline.document.GroundingSettings;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Likeness;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides before anything is written whether passages are worth answering from: a pure function of
 * how like the question they are. No model is asked.
 */
public final class Gate {
  /** What is enough where nobody says otherwise. */
  public static final double THRESHOLD = 0.5;

  private Gate() {}

  /**
   * How likely it is, 0…1, that passages say anything about the question.
   *
   * @return null where there is nothing to judge by
   */
  public static @Nullable Double relevance(@Nullable Grounds grounds) {
    Likeness likeness = grounds == null ? null : grounds.likeness();
    return likeness == null ? null : of(likeness);
  }

  /** The same of how the passages are like the question. */
  static double of(Likeness likeness) {
    double byWords = RelevanceWeights.UNKNOWN.logit(likeness);
    double byAll = RelevanceWeights.KNOWN.logit(likeness);
    double logit = likeness.known() * byAll + (1 - likeness.known()) * byWords;
    // A model of English sees words in Italian, too, and is wrong about them.
    logit = likeness.english() ? logit : Math.max(logit, byWords);
    return 1 / (1 + Math.exp(-logit));
  }

  /**
   * Judges.
   *
   * @param asked what the question asks for; the corpus says the rest
   * @return null where there is nothing to judge by
   */
  public static @Nullable Verdict judge(@Nullable Grounds grounds, GroundingSettings asked) {
    long start = System.nanoTime();
    Double relevance = relevance(grounds);
    if (grounds == null || relevance == null) {
      return null;
    }
    Double threshold = asked.or(grounds.settings()).threshold();
    return new Verdict(
        relevance,
        threshold == null ? THRESHOLD : threshold,
        describe(grounds.likeness()),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static String describe(@Nullable Likeness likeness) {
    return likeness == null
        ? ""
        : String.format(
            Locale.ROOT,
            "nearest sentence %.2f, phrases %.2f, of %d words %.0f %% in a sentence and %.0f %% in"
                + " a passage",
            likeness.sentence(),
            likeness.phrases(),
            likeness.words(),
            100 * likeness.sentenceWords(),
            100 * likeness.passageWords());
  }
}
