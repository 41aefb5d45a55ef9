package dev.ragline.call;

/** Which work goes first when cores are scarce. */
public enum Priority {
  /** Somebody waits for an answer: questions, listings, deletions. */
  INTERACTIVE,
  /** Throughput counts: ingest, copies, evaluations. */
  BATCH
}
