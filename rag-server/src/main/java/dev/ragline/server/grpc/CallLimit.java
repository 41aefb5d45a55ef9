package dev.ragline.server.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Gives every call a deadline: the caller's, or the server's own where that is earlier. */
final class CallLimit implements ServerInterceptor, AutoCloseable {
  private final Duration longest;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("call-limit").factory());

  CallLimit(Duration longest) {
    this.longest = longest;
    // Calls end long before their limit; what is left of them should not wait for it.
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    // Ended by the call's own context, of which it is a child, when the call is over.
    Context limited =
        Context.current().withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS, timer);
    return Contexts.interceptCall(limited, call, headers, next);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
