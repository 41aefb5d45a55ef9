package dev.ragline.transform;

/**
 * Whether a hypothetical passage helps to find real ones (HyDE: Gao, Ma, Lin and Callan, "Precise
 * Zero-Shot Dense Retrieval without Relevance Labels", ACL 2023).
 */
public enum Hyde {
  OFF,
  /** Without a language model, or when it fails, the question serves alone. */
  OPTIONAL,
  /** Without a language model, or when it fails, so does the retrieval. */
  REQUIRED
}
