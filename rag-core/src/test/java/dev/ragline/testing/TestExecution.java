package dev.ragline.testing;

import dev.ragline.execution.Execution;

/** The threads that all tests of a JVM share, as all of a server does. */
public final class TestExecution {
  /** Never closed; its threads are daemons. */
  public static final Execution SHARED = new Execution(2);

  private TestExecution() {}
}
