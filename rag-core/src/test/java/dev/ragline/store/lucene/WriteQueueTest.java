package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private final Queue<Runnable> started = new ArrayDeque<>();
  private final List<Integer> batches = new ArrayList<>();
  private final WriteQueue queue = new WriteQueue(started::add, this::write);

  private void write(List<PendingWrite> batch) {
    batches.add(batch.size());
    batch.forEach(write -> write.succeed(true));
  }

  private PendingWrite add() {
    PendingWrite write = new PendingWrite(new Change.Nothing());
    queue.add(write);
    return write;
  }

  @Test
  void add_whileNobodyWrites_gathersOneBatch() {
    List<PendingWrite> writes = List.of(add(), add(), add());
    assertThat(started).hasSize(1);
    started.remove().run();
    assertThat(batches).containsExactly(3);
    assertThat(writes).allMatch(write -> write.await(Call.UNLIMITED));
    started.remove().run();
    add();
    started.remove().run();
    assertThat(batches).containsExactly(3, 1);
  }

  @Test
  void add_more_thanABatchHolds_areWrittenInTurn() {
    for (int i = 0; i < 150; i++) {
      add();
    }
    while (!started.isEmpty()) {
      // Each batch is a turn of its own, so that other corpora get theirs.
      started.remove().run();
    }
    assertThat(batches).containsExactly(64, 64, 22);
  }

  @Test
  void await_interruptedWhileWaiting_withdrawsTheWrite() {
    PendingWrite given = add();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> given.await(Call.UNLIMITED))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
    started.remove().run();
    assertThat(batches).isEmpty();
  }

  @Test
  void await_deadlinePassesWhileWaiting_withdrawsTheWrite() {
    PendingWrite given = add();
    assertThatThrownBy(() -> given.await(Call.within(Duration.ofMillis(1))))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    add();
    started.remove().run();
    assertThat(batches).containsExactly(1);
  }

  @Test
  void await_interruptedWhileWritten_waitsForTheOutcome() throws InterruptedException {
    PendingWrite write = add();
    assertThat(write.take()).isTrue();
    Thread.currentThread().interrupt();
    Thread writer = Thread.ofVirtual().start(() -> write.succeed(true));
    assertThat(write.await(Call.within(Duration.ofNanos(1)))).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    writer.join();
  }
}
