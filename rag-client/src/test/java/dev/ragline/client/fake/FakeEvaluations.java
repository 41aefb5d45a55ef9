package dev.ragline.client.fake;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import dev.ragline.v1.EvaluateMetadata;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationServiceGrpc;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Evaluations with a report that is there before; half done first, whole when awaited. */
public final class FakeEvaluations extends EvaluationServiceGrpc.EvaluationServiceImplBase {
  /** What comes of it. */
  public volatile EvaluateResponse report = EvaluateResponse.getDefaultInstance();

  /** What it ends with in place of the report; null for the report. */
  public volatile com.google.rpc.@Nullable Status error;

  /** What the call is refused with; null where it is not. */
  public volatile @Nullable StatusRuntimeException refusal;

  public volatile @Nullable EvaluateRequest asked;

  private final FakeOperations operations;

  FakeEvaluations(FakeOperations operations) {
    this.operations = operations;
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<Operation> responses) {
    asked = request;
    StatusRuntimeException refused = refusal;
    if (refused != null) {
      responses.onError(refused);
      return;
    }
    int total = request.getQuestionsCount();
    Operation half =
        Operation.newBuilder()
            .setName("operations/1")
            .setMetadata(metadata(total / 2, total))
            .build();
    Operation.Builder whole = half.toBuilder().setDone(true).setMetadata(metadata(total, total));
    com.google.rpc.Status failed = error;
    operations.hold(
        half,
        failed == null
            ? whole.setResponse(Any.pack(report)).build()
            : whole.setError(failed).build());
    responses.onNext(half);
    responses.onCompleted();
  }

  private static Any metadata(int done, int total) {
    return Any.pack(
        EvaluateMetadata.newBuilder().setQuestionsDone(done).setQuestionsTotal(total).build());
  }
}
