package dev.ragline.operation;

import dev.ragline.document.RagException;
import java.util.Optional;

/**
 * How an operation stands at a point in time.
 *
 * @param progress how far it is, as its work last reported
 * @param outcome how it ended; nothing while it runs
 * @param <P> what it reports
 * @param <R> what it results in
 */
public record Operation<P, R>(OperationId id, P progress, Optional<Outcome<R>> outcome) {
  /** Whether it has ended. */
  public boolean done() {
    return outcome.isPresent();
  }

  /** How an operation ended. */
  public sealed interface Outcome<R> {}

  /** All was done. */
  public record Succeeded<R>(R result) implements Outcome<R> {}

  /** It could not be done, or was cancelled (CANCELLED). */
  public record Failed<R>(RagException failure) implements Outcome<R> {}
}
