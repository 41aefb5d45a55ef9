package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.v1.CorpusServiceGrpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadableRequestsTest {
  /** What Netty throws once its loops have ended with the server. */
  @Test
  void close_afterTheConnection_isNoFailureOfTheWork() {
    AtomicInteger ends = new AtomicInteger();
    ServerServiceDefinition service =
        ServerServiceDefinition.builder(CorpusServiceGrpc.SERVICE_NAME)
            .addMethod(
                CorpusServiceGrpc.getGetCorpusMethod(),
                (call, headers) -> {
                  call.close(Status.CANCELLED, new Metadata());
                  return new ServerCall.Listener<>() {};
                })
            .build();

    start(
        ReadableRequests.of(service)
            .getMethod(CorpusServiceGrpc.getGetCorpusMethod().getFullMethodName()),
        ends);

    assertThat(ends).hasValue(1);
  }

  private static <Q, R> void start(ServerMethodDefinition<Q, R> method, AtomicInteger ends) {
    var unused =
        method
            .getServerCallHandler()
            .startCall(new GoneCall<>(method.getMethodDescriptor(), ends), new Metadata());
  }

  private static final class GoneCall<Q, R> extends ServerCall<Q, R> {
    private final MethodDescriptor<Q, R> method;
    private final AtomicInteger ends;

    GoneCall(MethodDescriptor<Q, R> method, AtomicInteger ends) {
      this.method = method;
      this.ends = ends;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      ends.incrementAndGet();
      throw new RejectedExecutionException("event executor terminated");
    }

    @Override
    public void request(int numMessages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(R message) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<Q, R> getMethodDescriptor() {
      return method;
    }
  }
}
