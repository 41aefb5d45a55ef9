package dev.ragline.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NativeUseTest {
  private final NativeUse uses = new NativeUse();
  private final AtomicInteger frees = new AtomicInteger();

  private void free() {
    uses.<RuntimeException>afterwards(() -> frees.addAndGet(1));
  }

  @Test
  void afterwards_whileUsed_waitsForAllUses() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    NativeUse.Use<Integer, InterruptedException> use =
        () -> {
          both.countDown();
          leave.await();
          return frees.get();
        };
    CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> during(use), this::start);
    CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> during(use), this::start);
    both.await();
    Thread closer = new Thread(this::free);
    closer.start();
    await().until(() -> closer.getState() == Thread.State.WAITING);
    assertThat(frees).hasValue(0);
    leave.countDown();
    assertThat(one.get() + two.get()).as("freed under a use").isZero();
    closer.join();
    assertThat(frees).hasValue(1);
  }

  private void start(Runnable task) {
    new Thread(task).start();
  }

  private int during(NativeUse.Use<Integer, InterruptedException> use) {
    try {
      return uses.during(use);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void during_afterItWasFreed_isUnavailable() {
    free();
    free();
    assertThat(frees).hasValue(1);
    assertThatThrownBy(() -> uses.<Integer, RuntimeException>during(() -> 1))
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(e.reason()).isEqualTo("SERVER_STOPPING");
            });
  }
}
