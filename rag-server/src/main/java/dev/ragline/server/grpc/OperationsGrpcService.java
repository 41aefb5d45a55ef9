package dev.ragline.server.grpc;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.DeleteOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import dev.ragline.document.RagException;
import dev.ragline.operation.OperationId;
import dev.ragline.operation.Operations;
import dev.ragline.server.grpc.Listing.Page;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.time.Duration;

/** {@code google.longrunning.Operations}, over the operations of this process. */
public final class OperationsGrpcService extends OperationsGrpc.OperationsImplBase {
  /** Below what proxies between here and the caller usually allow a silent call. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Operations<Message, Message> operations;
  private final Calls calls;

  @Inject
  OperationsGrpcService(Operations<Message, Message> operations, Calls calls) {
    this.operations = operations;
    this.calls = calls;
  }

  @Override
  public void getOperation(GetOperationRequest request, StreamObserver<Operation> observer) {
    calls.unary(
        observer, deadline -> OperationMapping.toProto(operations.get(id(request.getName()))));
  }

  @Override
  public void listOperations(
      ListOperationsRequest request, StreamObserver<ListOperationsResponse> observer) {
    calls.unary(observer, deadline -> list(request));
  }

  private ListOperationsResponse list(ListOperationsRequest request) {
    if (!request.getName().isEmpty() && !request.getName().equals("operations")) {
      throw RagException.invalid("name", "operations have no parent but 'operations'");
    }
    if (!request.getFilter().isEmpty()) {
      throw RagException.invalid("filter", "operations cannot be filtered");
    }
    if (request.getPageSize() < 0) {
      throw RagException.invalid("page_size", "is less than 0");
    }
    int size = Listing.size(request.getPageSize());
    Listing listing = Listing.of("operations");
    OperationId after = listing.after(request.getPageToken(), OperationId::new).orElse(null);
    Page<Operation> page =
        listing.page(
            operations.list(after, size),
            size,
            OperationMapping::toProto,
            operation -> operation.id().value());
    return ListOperationsResponse.newBuilder()
        .addAllOperations(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  @Override
  public void cancelOperation(CancelOperationRequest request, StreamObserver<Empty> observer) {
    calls.unary(
        observer,
        deadline -> {
          operations.cancel(id(request.getName()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void deleteOperation(DeleteOperationRequest request, StreamObserver<Empty> observer) {
    calls.unary(
        observer,
        deadline -> {
          operations.delete(id(request.getName()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void waitOperation(WaitOperationRequest request, StreamObserver<Operation> observer) {
    calls.unary(
        observer,
        deadline ->
            OperationMapping.toProto(
                operations.await(id(request.getName()), longest(request), deadline)));
  }

  private static Duration longest(WaitOperationRequest request) {
    if (!request.hasTimeout()) {
      return LONGEST_WAIT;
    }
    if (!Durations.isValid(request.getTimeout()) || Durations.isNegative(request.getTimeout())) {
      throw RagException.invalid("timeout", "is no duration, or less than 0");
    }
    Duration asked = Duration.ofSeconds(request.getTimeout().getSeconds());
    return asked.compareTo(LONGEST_WAIT) < 0
        ? asked.plusNanos(request.getTimeout().getNanos())
        : LONGEST_WAIT;
  }

  private static OperationId id(String name) {
    return ResourceNames.operation("name", name);
  }
}
