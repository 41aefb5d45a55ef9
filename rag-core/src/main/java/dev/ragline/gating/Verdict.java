package dev.ragline.gating;

import dev.ragline.document.Stage;
import java.time.Duration;
import java.util.Locale;

/**
 * Whether passages are worth answering from.
 *
 * @param relevance how likely they say anything about the question, 0…1
 * @param threshold the least that is enough
 * @param contradicted whether the likeliest of them speaks of another number, or of the opposite
 * @param grounds what it was judged by, for people
 * @param elapsed how long that took
 */
public record Verdict(
    double relevance, double threshold, boolean contradicted, String grounds, Duration elapsed) {
  /** The name of the step in an answer's stages. */
  private static final String STAGE = "gate";

  /** How sure it is that what was asked for is in them. */
  public Confidence confidence() {
    return passes() && relevance >= Gate.SURE && !contradicted ? Confidence.HIGH : Confidence.LOW;
  }

  /** Whether it is enough. */
  public boolean passes() {
    return relevance >= threshold;
  }

  /** The judging as a step. */
  public Stage stage() {
    String detail =
        String.format(
            Locale.ROOT,
            "relevance %.3f, %s %.3f: %s",
            relevance,
            passes() ? "enough for" : "below",
            threshold,
            grounds);
    return new Stage(STAGE, elapsed, detail);
  }
}
