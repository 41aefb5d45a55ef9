package dev.ragline.operation;

import java.util.function.Consumer;

/**
 * What an operation does, on a thread of its own.
 *
 * @param <P> what it reports
 * @param <R> what it results in
 */
@FunctionalInterface
public interface Work<P, R> {
  /**
   * Does the work. Interrupting the thread cancels it; the work ends soon then, by any exception.
   *
   * @param progress takes how far the work is, as often as that changes
   */
  R run(Consumer<P> progress);
}
