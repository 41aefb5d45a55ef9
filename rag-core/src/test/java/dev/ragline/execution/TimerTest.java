package dev.ragline.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimerTest {
  private final Execution execution = new Execution(1);

  @AfterEach
  void close() {
    execution.close();
  }

  @Test
  void every_workThatFails_goesOn() throws InterruptedException {
    CountDownLatch turns = new CountDownLatch(5);
    Timer.Scheduled periodic =
        execution
            .timer()
            .every(
                "failing",
                Duration.ofMillis(1),
                () -> {
                  turns.countDown();
                  if (turns.getCount() % 2 == 0) {
                    throw new AssertionError("an error");
                  }
                  throw new IllegalStateException("an exception");
                });
    assertThat(turns.await(30, TimeUnit.SECONDS)).isTrue();
    periodic.cancel();
  }

  @Test
  void every_workThatHangs_delaysNobodyElseAndIsNotBegunTwice() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    Timer.Scheduled hanging =
        execution
            .timer()
            .every(
                "hanging",
                Duration.ofMillis(1),
                () -> {
                  begun.incrementAndGet();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    CountDownLatch others = new CountDownLatch(20);
    Timer.Scheduled other =
        execution.timer().every("other", Duration.ofMillis(1), others::countDown);
    assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(begun.get()).isLessThanOrEqualTo(1);
    hanging.cancel();
    other.cancel();
    release.countDown();
  }

  @Test
  void after_cancelled_doesNotHappen() throws InterruptedException {
    AtomicInteger happened = new AtomicInteger();
    execution.timer().after("never", Duration.ofMillis(50), happened::incrementAndGet).cancel();
    CountDownLatch later = new CountDownLatch(1);
    Timer.Scheduled _ = execution.timer().after("later", Duration.ofMillis(60), later::countDown);
    assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(happened).hasValue(0);
  }

  @Test
  void after_closed_isDropped() {
    execution.close();
    execution.timer().after("late", Duration.ZERO, () -> {}).cancel();
  }
}
