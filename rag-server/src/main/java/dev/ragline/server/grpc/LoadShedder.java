package dev.ragline.server.grpc;

import dev.ragline.execution.ComputePool;
import dev.ragline.v1.AskServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refuses questions while more of them wait for a core than can be answered soon, before the
 * request is read. The retriever would refuse them, too; here it costs least, and under overload
 * most of the work is to refuse.
 */
final class LoadShedder implements ServerInterceptor {
  /** Only what begins work: to go on reading an answer, or to stop one, takes no core. */
  private static final Set<String> QUESTIONS =
      Set.of(
          AskServiceGrpc.getRetrieveMethod().getFullMethodName(),
          AskServiceGrpc.getAskMethod().getFullMethodName(),
          AskServiceGrpc.getStreamAskMethod().getFullMethodName());

  private final ComputePool compute;
  private final AtomicLong refused = new AtomicLong();
  private final StatusRuntimeException refusal;

  LoadShedder(ComputePool compute) {
    this.compute = compute;
    this.refusal = Statuses.of(ComputePool.overloaded());
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    boolean question = QUESTIONS.contains(call.getMethodDescriptor().getFullMethodName());
    if (!question || compute.hasRoom()) {
      return next.startCall(call, headers);
    }
    refused.incrementAndGet();
    Metadata trailers = new Metadata();
    trailers.merge(Objects.requireNonNull(refusal.getTrailers()));
    call.close(refusal.getStatus(), trailers);
    return new ServerCall.Listener<>() {};
  }

  /** Questions that were refused since the start. */
  long refused() {
    return refused.get();
  }
}
