package dev.ragline.server.grpc;

import dev.ragline.call.TraceId;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives every call a deadline, the caller's or the server's own where that is earlier, and a trace,
 * the caller's where it sends a {@code traceparent}.
 */
final class CallSetup implements ServerInterceptor {
  private static final Context.Key<TraceId> TRACE = Context.key("trace");
  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  private final Duration longest;
  private final ScheduledExecutorService timer;

  /**
   * @param timer ends calls at their deadlines
   */
  CallSetup(Duration longest, ScheduledExecutorService timer) {
    this.longest = longest;
    this.timer = timer;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    // Ended by the call's own context, of which it is a child, when the call is over.
    Context limited =
        Context.current()
            .withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS, timer)
            .withValue(TRACE, trace(headers));
    return Contexts.interceptCall(limited, call, headers, next);
  }

  private static TraceId trace(Metadata headers) {
    return Optional.ofNullable(headers.get(TRACEPARENT))
        .flatMap(TraceId::ofTraceparent)
        .orElseGet(TraceId::random);
  }

  /** The trace of the call in a context; a new one outside of calls. */
  static TraceId trace(Context context) {
    TraceId trace = TRACE.get(context);
    return trace == null ? TraceId.random() : trace;
  }
}
