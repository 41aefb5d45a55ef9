package dev.ragline.document;

import org.jspecify.annotations.Nullable;

/**
 * When a question is answered.
 *
 * @param threshold the least relevance, 0…1, that the passages must have; null for what suits most
 */
public record GroundingSettings(@Nullable Double threshold) {
  /** What suits most. */
  public static final GroundingSettings DEFAULT = new GroundingSettings(null);

  public GroundingSettings {
    if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
      throw RagException.invalid("grounding.threshold", "must be 0 to 1");
    }
  }

  /** These settings, and for what they leave open those of {@code other}. */
  public GroundingSettings or(GroundingSettings other) {
    return threshold == null ? other : this;
  }
}
