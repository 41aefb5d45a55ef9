package dev.ragline.document;

/** How the closeness of two vectors is measured; for each, a higher score is closer. */
public enum Metric {
  /** Inner product. */
  IP,
  /** Cosine similarity. */
  COSINE,
  /** Euclidean distance d, scored as 1 / (1 + d²). */
  L2
}
