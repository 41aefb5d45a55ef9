package dev.ragline.execution;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of a core a thread of the operating system leaves to others, from 0 to 19, see
 * setpriority(2). Java's own thread priorities do nothing on Linux unless the JVM is told so, and
 * it warns then unless it is root's.
 */
final class Niceness {
  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

  /** PRIO_PROCESS of sys/resource.h: on Linux, this and 0 stand for the thread that calls. */
  private static final int THIS_KIND = 0;

  private static final int THIS_THREAD = 0;

  private Niceness() {}

  /** Has this thread leave cores to others. Elsewhere than on Linux nothing changes. */
  @SuppressWarnings("restricted")
  static void yieldCores(int niceness) {
    // Elsewhere this would change the whole process.
    if (!System.getProperty("os.name").equals("Linux")) {
      return;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle setpriority =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setpriority"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT));
      int failed = (int) setpriority.invokeExact(THIS_KIND, THIS_THREAD, niceness);
      if (failed != 0) {
        LOG.debug("the niceness of {} was not set", Thread.currentThread().getName());
      }
    } catch (Throwable e) {
      LOG.debug("the niceness of {} was not set", Thread.currentThread().getName(), e);
    }
  }
}
