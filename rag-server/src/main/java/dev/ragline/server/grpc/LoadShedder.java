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
 * request is read: here it costs least, and under overload most of the work is to refuse. Answers
 * that a language model writes take seconds in any case, so more of them may wait: two hundred that
 * are asked for at once are no overload. The retriever refuses what comes when even that is full.
 */
final class LoadShedder implements ServerInterceptor {
  private static final String RETRIEVE = AskServiceGrpc.getRetrieveMethod().getFullMethodName();

  /** Only what begins work: to go on reading an answer, or to stop one, takes no core. */
  private static final Set<String> QUESTIONS =
      Set.of(
          RETRIEVE,
          AskServiceGrpc.getAskMethod().getFullMethodName(),
          AskServiceGrpc.getStreamAskMethod().getFullMethodName());

  private final ComputePool compute;
  private final boolean patientAnswers;
  private final AtomicLong refused = new AtomicLong();
  private final StatusRuntimeException refusal;

  /**
   * @param patientAnswers whether answers take seconds
   */
  LoadShedder(ComputePool compute, boolean patientAnswers) {
    this.compute = compute;
    this.patientAnswers = patientAnswers;
    this.refusal = Statuses.of(ComputePool.overloaded());
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    if (!QUESTIONS.contains(method) || hasRoom(method)) {
      return next.startCall(call, headers);
    }
    refused.incrementAndGet();
    Metadata trailers = new Metadata();
    trailers.merge(Objects.requireNonNull(refusal.getTrailers()));
    call.close(refusal.getStatus(), trailers);
    return new ServerCall.Listener<>() {};
  }

  private boolean hasRoom(String method) {
    boolean patient = patientAnswers && !method.equals(RETRIEVE);
    return patient ? compute.hasRoomForPatient() : compute.hasRoom();
  }

  /** Questions that were refused since the start. */
  long refused() {
    return refused.get();
  }
}
