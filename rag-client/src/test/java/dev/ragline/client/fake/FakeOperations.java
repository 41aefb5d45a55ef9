package dev.ragline.client.fake;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.DeleteOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.Empty;
import com.google.rpc.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;

/** Operations in a map, each done as soon as it is awaited, unless told otherwise; pages of one. */
public final class FakeOperations extends OperationsGrpc.OperationsImplBase {
  public final Map<String, Operation> held = new ConcurrentSkipListMap<>();
  private final Map<String, Operation> ends = new ConcurrentSkipListMap<>();

  /** Whether operations end only when they are cancelled. */
  public volatile boolean endless;

  /** Called when one is awaited. */
  public volatile Runnable onWait = () -> {};

  public final CountDownLatch awaited = new CountDownLatch(1);
  public final CountDownLatch cancelled = new CountDownLatch(1);

  public void hold(Operation operation, Operation end) {
    held.put(operation.getName(), operation);
    ends.put(operation.getName(), end);
  }

  @Override
  public void getOperation(GetOperationRequest request, StreamObserver<Operation> responses) {
    answer(request.getName(), responses);
  }

  @Override
  public void waitOperation(WaitOperationRequest request, StreamObserver<Operation> responses) {
    onWait.run();
    awaited.countDown();
    Operation end = ends.get(request.getName());
    if (end != null && !endless) {
      held.put(request.getName(), end);
    }
    answer(request.getName(), responses);
  }

  @Override
  public void cancelOperation(CancelOperationRequest request, StreamObserver<Empty> responses) {
    Operation operation = held.get(request.getName());
    if (operation == null) {
      responses.onError(Errors.notFound("operation", request.getName()));
      return;
    }
    held.put(
        request.getName(),
        operation.toBuilder()
            .setDone(true)
            .setError(com.google.rpc.Status.newBuilder().setCode(Code.CANCELLED_VALUE))
            .build());
    cancelled.countDown();
    responses.onNext(Empty.getDefaultInstance());
    responses.onCompleted();
  }

  @Override
  public void deleteOperation(DeleteOperationRequest request, StreamObserver<Empty> responses) {
    held.remove(request.getName());
    responses.onNext(Empty.getDefaultInstance());
    responses.onCompleted();
  }

  @Override
  public void listOperations(
      ListOperationsRequest request, StreamObserver<ListOperationsResponse> responses) {
    List<Operation> rest =
        held.values().stream()
            .filter(operation -> operation.getName().compareTo(request.getPageToken()) > 0)
            .toList();
    ListOperationsResponse.Builder page =
        ListOperationsResponse.newBuilder().addAllOperations(rest.stream().limit(1).toList());
    if (rest.size() > 1) {
      page.setNextPageToken(rest.getFirst().getName());
    }
    responses.onNext(page.build());
    responses.onCompleted();
  }

  private void answer(String name, StreamObserver<Operation> responses) {
    Operation operation = held.get(name);
    if (operation == null) {
      responses.onError(Errors.notFound("operation", name));
      return;
    }
    responses.onNext(operation);
    responses.onCompleted();
  }
}
