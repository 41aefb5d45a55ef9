package dev.ragline.document;

/**
 * How much of what was written a read is sure to see, where a store is spread over machines. The
 * names and meanings are Milvus's. An embedded store is always strong.
 */
public enum Consistency {
  /** All that anybody wrote before the read began; waits for it. */
  STRONG,
  /** All that this server wrote, and what the read's token stands for. */
  SESSION,
  /** All but the writes of the last seconds. */
  BOUNDED,
  /** Whatever is at hand. */
  EVENTUAL
}
