package dev.ragline.usage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of the work on one question, on the thread that does it. Meters nest: what an
 * inner one counts, the outer one counts, too.
 */
public final class Meter {
  private static final ScopedValue<Meter> CURRENT = ScopedValue.newInstance();

  private final @Nullable Meter outer;
  private final AtomicLong embedded = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong thought = new AtomicLong();
  private final AtomicLong billed = new AtomicLong();

  /** Inside of the one that counts on this thread. */
  public Meter() {
    this(current());
  }

  private Meter(@Nullable Meter outer) {
    this.outer = outer;
  }

  /** Does work that is no question's: nobody counts what it uses. */
  public static <T> T uncounted(Supplier<T> work) {
    return new Meter(null).run(work);
  }

  /** Does work and counts what it uses. */
  public <T> T run(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** Whether anybody counts on this thread. */
  public static boolean isRunning() {
    return CURRENT.isBound();
  }

  /** The embedding model read so many tokens. */
  public static void embedded(long tokens) {
    for (Meter meter = current(); meter != null; meter = meter.outer) {
      meter.embedded.addAndGet(tokens);
    }
  }

  /**
   * A language model has been used.
   *
   * @param read tokens, as the model told; zero where it did not
   * @param written the same, thoughts included
   * @param thought those of the thoughts
   * @param billed what it will cost, estimated where the model did not tell
   */
  public static void chatted(long read, long written, long thought, long billed) {
    for (Meter meter = current(); meter != null; meter = meter.outer) {
      meter.read.addAndGet(read);
      meter.written.addAndGet(written);
      meter.thought.addAndGet(thought);
      meter.billed.addAndGet(billed);
    }
  }

  private static @Nullable Meter current() {
    return CURRENT.isBound() ? CURRENT.get() : null;
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
