package dev.ragline.server.grpc;

import com.google.longrunning.Operation;
import com.google.protobuf.Message;
import dev.ragline.call.Call;
import dev.ragline.corpus.Corpora;
import dev.ragline.evaluation.EvaluationPlan;
import dev.ragline.evaluation.Evaluator;
import dev.ragline.operation.Operations;
import dev.ragline.v1.EvaluateMetadata;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluationServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.function.IntFunction;

/** {@code ragline.v1.EvaluationService}. */
public final class EvaluationGrpcService extends EvaluationServiceGrpc.EvaluationServiceImplBase {
  private final Evaluator evaluator;
  private final Corpora corpora;
  private final Operations<Message, Message> operations;
  private final InstantSource clock;
  private final Calls calls;

  @Inject
  EvaluationGrpcService(
      Evaluator evaluator,
      Corpora corpora,
      Operations<Message, Message> operations,
      InstantSource clock,
      Calls calls) {
    this.evaluator = evaluator;
    this.corpora = corpora;
    this.operations = operations;
    this.clock = clock;
    this.calls = calls;
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<Operation> observer) {
    calls.unary(
        observer,
        call -> {
          EvaluationPlan plan = EvaluationMapping.fromProto(request);
          corpora.requireSearchable(plan.corpus());
          IntFunction<EvaluateMetadata> metadata =
              EvaluationMapping.metadata(plan, clock.instant());
          return OperationMapping.toProto(
              operations.start(
                  metadata.apply(0),
                  // The caller's deadline is for starting; the work has none, but can be cancelled.
                  progress ->
                      EvaluationMapping.toProto(
                          request,
                          plan,
                          evaluator.evaluate(
                              plan,
                              Call.UNLIMITED,
                              done -> progress.accept(metadata.apply(done))))));
        });
  }
}
