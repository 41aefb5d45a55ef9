package dev.ragline.gating;

/** How sure it is that passages hold what was asked for. */
public enum Confidence {
  /** They are on its topic; whether what was asked for is among it is not sure. */
  LOW,
  /** They very likely do. */
  HIGH
}
