package dev.ragline.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.operation.Operation.Failed;
import dev.ragline.operation.Operation.Succeeded;
import dev.ragline.testing.TestExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OperationsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final CountDownLatch began = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Operations<String, Integer> operations =
      new Operations<>(
          new OperationLimits(2, 2, Duration.ofHours(1)),
          now::get,
          TestExecution.SHARED.waiting(),
          failure -> new RagException(ErrorCode.INTERNAL, "INTERNAL", "told by " + failure));

  @AfterEach
  void close() {
    operations.close();
  }

  private Operation<String, Integer> finish(OperationId id) {
    return operations.await(id, LONG, Call.UNLIMITED);
  }

  private OperationId finished(int result) {
    OperationId id = operations.start("", progress -> result).id();
    assertThat(finish(id).done()).isTrue();
    now.updateAndGet(instant -> instant.plusMillis(1));
    return id;
  }

  /** Begins work that ends only when it is interrupted. */
  private OperationId endless() {
    return operations.start("", progress -> block()).id();
  }

  private int block() {
    began.countDown();
    try {
      return new CountDownLatch(1).await(1, TimeUnit.HOURS) ? 1 : 0;
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static RagException failure(ThrowingCallable call) {
    return catchThrowableOfType(RagException.class, call);
  }

  private static RagException failure(Operation<String, Integer> operation) {
    return ((Failed<Integer>) operation.outcome().orElseThrow()).failure();
  }

  @Test
  void start_workThatEnds_hasItsResultAndLastProgress() {
    OperationId id =
        operations
            .start(
                "none",
                progress -> {
                  progress.accept("half");
                  progress.accept("all");
                  return 7;
                })
            .id();

    assertThat(finish(id))
        .isEqualTo(
            new Operation<String, Integer>(
                id, "all", java.util.Optional.of(new Succeeded<Integer>(7))));
    assertThat(operations.get(id).done()).isTrue();
  }

  @Test
  void get_whileItRuns_tellsItsProgress() throws InterruptedException {
    CountDownLatch half = new CountDownLatch(1);
    OperationId id =
        operations
            .start(
                "none",
                progress -> {
                  progress.accept("half");
                  half.countDown();
                  return block();
                })
            .id();
    assertThat(half.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(operations.get(id).progress()).isEqualTo("half");
    assertThat(operations.await(id, Duration.ofMillis(1), Call.UNLIMITED).done()).isFalse();
    assertThat(operations.list(null, 10)).hasSize(1);
  }

  @Test
  void start_workThatFails_failsAsDescribed() {
    OperationId id =
        operations
            .start(
                "",
                progress -> {
                  throw new IllegalArgumentException("secret");
                })
            .id();

    assertThat(failure(finish(id)))
        .hasMessage("told by java.lang.IllegalArgumentException: secret");
  }

  @Test
  void cancel_whileItRuns_interruptsTheWork() throws InterruptedException {
    OperationId id = endless();
    assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();

    operations.cancel(id);

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(failure(finish(id)).code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void cancel_afterItsEnd_changesNothing() {
    OperationId id = finished(3);

    operations.cancel(id);

    assertThat(operations.get(id).outcome()).contains(new Succeeded<>(3));
  }

  @Test
  void start_asMuchAsMayRun_isRefusedUntilOneEnds() {
    OperationId one = endless();
    OperationId two = endless();
    operations.delete(two);

    RagException failure = failure(() -> operations.start("", progress -> 1));
    assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(failure.reason()).isEqualTo("TOO_MANY_OPERATIONS");
    assertThat(failure.details()).hasSize(2);

    operations.cancel(one);
    assertThat(finish(one).done()).isTrue();
    assertThat(finished(1)).isNotNull();
  }

  @Test
  void delete_itIsForgottenAndItsWorkGoesOn() {
    OperationId id = endless();

    operations.delete(id);

    assertThat(failure(() -> operations.get(id)).code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(interrupted.getCount()).isEqualTo(1);
  }

  @Test
  void finished_moreThanAreKept_theEarliestAreForgotten() {
    OperationId first = finished(1);
    OperationId second = finished(2);
    OperationId third = finished(3);

    assertThat(operations.list(null, 10).stream().map(Operation::id))
        .containsExactly(second, third);
    assertThat(operations.list(second, 10).stream().map(Operation::id)).containsExactly(third);
    assertThat(operations.list(null, 1)).hasSize(1);
    assertThat(failure(() -> operations.get(first)).reason()).isEqualTo("OPERATION_NOT_FOUND");
  }

  @Test
  void finished_longAgo_isForgottenAndWhatRunsIsNot() {
    OperationId old = finished(1);
    OperationId running = endless();
    now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(61)));

    assertThat(failure(() -> operations.get(old)).code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(operations.get(running).done()).isFalse();
  }

  @Test
  void close_stopsAllWorkAndTakesNoMore() {
    List<OperationId> running = new ArrayList<>(List.of(endless(), endless()));

    operations.close();

    for (OperationId id : running) {
      assertThat(failure(operations.get(id)).reason()).isEqualTo("SERVER_STOPPING");
    }
    assertThat(failure(() -> operations.start("", progress -> 1)).code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void await_callersDeadlinePasses_failsAndTheWorkGoesOn() {
    OperationId id = endless();

    RagException failure =
        failure(() -> operations.await(id, LONG, Call.within(Duration.ofMillis(1))));

    assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(operations.get(id).done()).isFalse();
  }
}
