package dev.ragline.client;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.DeleteOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The long-running operations of a server. They live in that one server's memory: calls that a
 * balancer sends to another do not find them.
 */
public final class RagOperations {
  private static final long PATIENCE_NANOS = 500_000_000;

  private final Calls calls;

  RagOperations(Calls calls) {
    this.calls = calls;
  }

  /** How an operation stands. */
  public Operation get(String name) {
    GetOperationRequest request = GetOperationRequest.newBuilder().setName(name).build();
    return calls.call(() -> stub().getOperation(request));
  }

  /** All operations; fetched page by page as the stream is read. */
  public Stream<Operation> list() {
    return Pages.stream(
        token -> {
          ListOperationsRequest request =
              ListOperationsRequest.newBuilder().setName("operations").setPageToken(token).build();
          return calls.call(() -> stub().listOperations(request));
        },
        ListOperationsResponse::getOperationsList,
        ListOperationsResponse::getNextPageToken);
  }

  /** Asks for an operation to be stopped, which takes a moment. */
  public void cancel(String name) {
    CancelOperationRequest request = CancelOperationRequest.newBuilder().setName(name).build();
    var unused = calls.call(() -> stub().cancelOperation(request));
  }

  /** Has an operation forgotten; one that runs goes on. */
  public void delete(String name) {
    DeleteOperationRequest request = DeleteOperationRequest.newBuilder().setName(name).build();
    var unused = calls.call(() -> stub().deleteOperation(request));
  }

  /**
   * Waits for an operation's end. The client's deadline, if it has one, is for all of the wait; an
   * operation that takes longer is cancelled.
   *
   * @param progress takes the operation each time when something is known of it, twice a second
   * @return the response that it ended with
   * @throws RagClientException with the status that it ended with, where that is not OK
   */
  public <R extends Message> R await(
      Operation operation, Class<R> response, Consumer<Operation> progress) {
    @Nullable Deadline deadline = calls.options().getDeadline();
    Operation latest = operation;
    progress.accept(latest);
    while (!latest.getDone()) {
      if (deadline != null && deadline.isExpired()) {
        cancel(operation.getName());
        throw RagClientException.of(
            Status.DEADLINE_EXCEEDED
                .withDescription("the operation did not end in time")
                .asRuntimeException(),
            true);
      }
      latest = await(operation.getName(), deadline);
      progress.accept(latest);
    }
    if (latest.hasError()) {
      throw calls.translate(StatusProto.toStatusRuntimeException(latest.getError()));
    }
    try {
      return latest.getResponse().unpack(response);
    } catch (InvalidProtocolBufferException e) {
      throw RagClientException.protocol("the operation ended with another response");
    }
  }

  private Operation await(String name, @Nullable Deadline deadline) {
    long left = deadline == null ? PATIENCE_NANOS : deadline.timeRemaining(TimeUnit.NANOSECONDS);
    long patience = Math.max(0, Math.min(left, PATIENCE_NANOS));
    WaitOperationRequest request =
        WaitOperationRequest.newBuilder()
            .setName(name)
            .setTimeout(Durations.fromNanos(patience))
            .build();
    long start = System.nanoTime();
    Operation latest = calls.call(() -> stub().waitOperation(request));
    if (!latest.getDone()) {
      // A server may answer at once all the same; asking again at once would only keep it busy.
      pause(patience - (System.nanoTime() - start));
    }
    return latest;
  }

  /** Waits, or until the client is closed: the next call says so then. */
  private void pause(long nanos) {
    try {
      var unused = calls.channel().awaitTermination(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RagClientException.cancelled("interrupted while waiting for an operation");
    }
  }

  private OperationsGrpc.OperationsBlockingStub stub() {
    return calls.timed(OperationsGrpc.newBlockingStub(calls.channel()));
  }
}
