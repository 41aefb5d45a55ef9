package dev.ragline.gating;

import dev.ragline.document.GroundingSettings;
import dev.ragline.presence.Lack;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Likeness;
import dev.ragline.retrieval.PassageLikeness;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides before anything is written whether passages are worth answering from: a pure function of
 * how like the question they are. No model is asked.
 */
public final class Gate {
  /** What is enough for quoting where nobody says otherwise. */
  public static final double THRESHOLD = 0.5;

  /** From this relevance on it is taken for sure that what was asked for is there. */
  public static final double SURE = 0.8;

  /**
   * What is enough for a language model, which reads the passages and says itself when they do not
   * hold the answer.
   */
  public static final double MODEL_THRESHOLD = 0.2;

  private Gate() {}

  /**
   * How likely it is, 0…1, that passages say anything about the question: that the likeliest of
   * them does.
   *
   * @return null where there is nothing to judge by
   */
  public static @Nullable Double relevance(@Nullable Grounds grounds) {
    Likeness likeness = grounds == null ? null : grounds.likeness();
    return likeness == null ? null : of(likeness);
  }

  /** The same of how the passages are like the question. */
  static double of(Likeness likeness) {
    return of(likeliest(likeness), likeness);
  }

  private static double of(PassageLikeness passage, Likeness likeness) {
    return 1 / (1 + Math.exp(-logit(passage, likeness)));
  }

  private static PassageLikeness likeliest(Likeness likeness) {
    return Collections.max(
        likeness.passages(), Comparator.comparingDouble(passage -> logit(passage, likeness)));
  }

  private static double logit(PassageLikeness passage, Likeness likeness) {
    double byWords = RelevanceWeights.UNKNOWN.logit(passage, likeness);
    double byAll = RelevanceWeights.KNOWN.logit(passage, likeness);
    double logit = likeness.known() * byAll + (1 - likeness.known()) * byWords;
    // A model of English sees words in Italian, too, and is wrong about them.
    return likeness.english() ? logit : Math.max(logit, byWords);
  }

  /**
   * Judges.
   *
   * @param asked what the question asks for; the corpus says the rest
   * @param usual what is enough where neither says
   * @return null where there is nothing to judge by
   */
  public static @Nullable Verdict judge(
      @Nullable Grounds grounds, GroundingSettings asked, double usual) {
    long start = System.nanoTime();
    Likeness likeness = grounds == null ? null : grounds.likeness();
    if (grounds == null || likeness == null) {
      return null;
    }
    PassageLikeness likeliest = likeliest(likeness);
    Double threshold = asked.or(grounds.settings()).threshold();
    return new Verdict(
        of(likeliest, likeness),
        threshold == null ? usual : threshold,
        likeliest.lack().contradicts(),
        describe(likeliest, likeness),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private static String describe(PassageLikeness passage, Likeness likeness) {
    Lack lack = passage.lack();
    return String.format(
        Locale.ROOT,
        "nearest sentence %.2f, phrases %.2f, of %d words %.0f %% in a sentence, %.0f %% in the"
            + " passage and %.0f %% nowhere; it lacks %d names and %d numbers%s%s",
        passage.nearness(),
        passage.phrases(),
        likeness.words(),
        100 * passage.sentenceWords(),
        100 * passage.passageWords(),
        100 * likeness.absent(),
        lack.names(),
        lack.numbers(),
        lack.opposites() > 0 ? ", says the opposite" : "",
        lack.negation() ? ", and one of the two negates" : "");
  }
}
