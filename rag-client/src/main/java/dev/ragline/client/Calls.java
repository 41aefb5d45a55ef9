package dev.ragline.client;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all calls of one client share: the channel, the deadline, and what a failure means. */
record Calls(ManagedChannel channel, @Nullable Duration deadline) {
  /** Options of a call that starts now. */
  CallOptions options() {
    return deadline == null
        ? CallOptions.DEFAULT
        : CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The stub with the deadline of a call that starts now. */
  <S extends AbstractStub<S>> S timed(S stub) {
    return deadline == null
        ? stub
        : stub.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Makes a blocking call. */
  <R> R call(Supplier<R> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw translate(e);
    }
  }

  /**
   * Waits, or until the client is closed: the next try says so then.
   *
   * @throws RagClientException when interrupted
   */
  void pause(Duration pause, String interrupted) {
    try {
      var unused = channel.awaitTermination(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RagClientException.cancelled(interrupted);
    }
  }

  RagClientException translate(Throwable failure) {
    ConnectivityState state = channel.getState(false);
    boolean connected =
        state != ConnectivityState.CONNECTING && state != ConnectivityState.TRANSIENT_FAILURE;
    return RagClientException.of(failure, connected);
  }
}
