package dev.ragline.server.grpc;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.ragline.operation.Operation.Failed;
import dev.ragline.operation.Operation.Outcome;
import dev.ragline.operation.Operation.Succeeded;

/** Operations, to the wire. What they report and result in are messages already. */
final class OperationMapping {
  private OperationMapping() {}

  static Operation toProto(dev.ragline.operation.Operation<Message, Message> operation) {
    Operation.Builder proto =
        Operation.newBuilder()
            .setName(operation.id().resourceName())
            .setMetadata(Any.pack(operation.progress()))
            .setDone(operation.done());
    operation.outcome().ifPresent(outcome -> set(proto, outcome));
    return proto.build();
  }

  private static void set(Operation.Builder proto, Outcome<Message> outcome) {
    switch (outcome) {
      case Succeeded<Message>(Message result) -> proto.setResponse(Any.pack(result));
      case Failed<Message>(var failure) -> proto.setError(Statuses.toProto(failure));
    }
  }
}
