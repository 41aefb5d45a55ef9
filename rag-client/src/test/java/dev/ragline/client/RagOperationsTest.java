package dev.ragline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.longrunning.Operation;
import dev.ragline.client.evaluation.Reports;
import dev.ragline.client.fake.FakeRagServer;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.EvaluateResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RagOperationsTest {
  private final FakeRagServer server = new FakeRagServer();
  private final RagClient client = RagClient.builder(server.address()).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private Operation start() {
    server.evaluations.report = Reports.response();
    return client.evaluate(Reports.request());
  }

  @Test
  void await_itsEnd_givesTheResponseAndTellsTheProgress() {
    List<Boolean> done = new ArrayList<>();

    EvaluateResponse report =
        client
            .operations()
            .await(start(), EvaluateResponse.class, latest -> done.add(latest.getDone()));

    assertThat(report).isEqualTo(Reports.response());
    assertThat(done).containsExactly(false, true);
  }

  @Test
  void await_cancelled_isAFailure() {
    Operation operation = start();
    client.operations().cancel(operation.getName());

    RagClientException failure =
        catchThrowableOfType(
            RagClientException.class,
            () ->
                client
                    .operations()
                    .await(
                        client.operations().get(operation.getName()),
                        EvaluateResponse.class,
                        latest -> {}));

    assertThat(failure.code()).isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void await_anotherResponse_isTheServersFault() {
    Operation operation = start();

    RagClientException failure =
        catchThrowableOfType(
            RagClientException.class,
            () -> client.operations().await(operation, Corpus.class, latest -> {}));

    assertThat(failure.code()).isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void list_severalPages_areAllRead() {
    server.operations.hold(operation("operations/1"), operation("operations/1"));
    server.operations.hold(operation("operations/2"), operation("operations/2"));

    try (var all = client.operations().list()) {
      assertThat(all.map(Operation::getName)).containsExactly("operations/1", "operations/2");
    }
    client.operations().delete("operations/1");
    RagClientException failure =
        catchThrowableOfType(
            RagClientException.class, () -> client.operations().get("operations/1"));
    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
  }

  private static Operation operation(String name) {
    return Operation.newBuilder().setName(name).build();
  }
}
