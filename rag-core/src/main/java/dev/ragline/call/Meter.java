package dev.ragline.call;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens that the work on a call costs. Meters nest: what an inner one counts, the outer
 * one counts, too. Safe for many threads.
 */
public final class Meter {
  /** Counts nothing: for work that is no question's. */
  public static final Meter NONE = new Meter(null, false);

  private final @Nullable Meter outer;
  private final boolean counting;
  private final AtomicLong embedded = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong thought = new AtomicLong();
  private final AtomicLong billed = new AtomicLong();

  /** Counts for itself. */
  public Meter() {
    this(null, true);
  }

  private Meter(@Nullable Meter outer, boolean counting) {
    this.outer = outer;
    this.counting = counting;
  }

  /** One that counts a part of this one's work. */
  public Meter inner() {
    return new Meter(this, true);
  }

  /** Whether anybody counts. */
  public boolean isCounting() {
    return counting;
  }

  /** The embedding model read so many tokens. */
  public void countEmbedded(long tokens) {
    for (Meter meter = this; meter != null && meter.counting; meter = meter.outer) {
      meter.embedded.addAndGet(tokens);
    }
  }

  /**
   * A language model has been used.
   *
   * @param readTokens as the model told; zero where it did not
   * @param writtenTokens the same, thoughts included
   * @param thoughtTokens those of the thoughts
   * @param billedTokens what it will cost, estimated where the model did not tell
   */
  public void countChat(
      long readTokens, long writtenTokens, long thoughtTokens, long billedTokens) {
    for (Meter meter = this; meter != null && meter.counting; meter = meter.outer) {
      meter.read.addAndGet(readTokens);
      meter.written.addAndGet(writtenTokens);
      meter.thought.addAndGet(thoughtTokens);
      meter.billed.addAndGet(billedTokens);
    }
  }

  /** Tokens that the embedding model read. */
  public long embedded() {
    return embedded.get();
  }

  /** Tokens that language models read. */
  public long read() {
    return read.get();
  }

  /** Tokens that language models wrote. */
  public long written() {
    return written.get();
  }

  /** Those of them that were thoughts. */
  public long thought() {
    return thought.get();
  }

  /** Tokens of language models to be paid for. */
  public long billed() {
    return billed.get();
  }
}
