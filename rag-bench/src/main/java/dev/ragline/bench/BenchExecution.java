package dev.ragline.bench;

import dev.ragline.execution.Execution;

/** The threads of a benchmark that runs the core in its own process. */
final class BenchExecution {
  /** As a server has them; daemons, never closed. */
  static final Execution SHARED = new Execution(Execution.availableCores());

  private BenchExecution() {}
}
