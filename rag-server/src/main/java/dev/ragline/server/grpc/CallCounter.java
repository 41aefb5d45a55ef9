package dev.ragline.server.grpc;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls of {@code ragline.v1} that are not over, for a drain: watches of the health
 * service and reflection stay open as long as their callers like and are not waited for.
 */
final class CallCounter extends ServerStreamTracer.Factory {
  private static final String OURS = "ragline.v1.";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int running;

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    if (!fullMethodName.startsWith(OURS)) {
      return new ServerStreamTracer() {};
    }
    change(1);
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        change(-1);
      }
    };
  }

  private void change(int by) {
    lock.lock();
    try {
      running += by;
      if (running == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no call is running; returns whether that came in time. */
  boolean awaitNone(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (running > 0) {
        if (left <= 0) {
          return false;
        }
        left = none.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
