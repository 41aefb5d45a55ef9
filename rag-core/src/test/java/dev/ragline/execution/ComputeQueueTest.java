package dev.ragline.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Priority;
import dev.ragline.document.CorpusId;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComputeQueueTest {
  private static final CorpusId ONE = new CorpusId("one");
  private static final CorpusId TWO = new CorpusId("two");

  private final ComputeQueue queue = new ComputeQueue(2);

  private ComputeTask<?> add(Priority priority, CorpusId corpus, long since) {
    ComputeTask<?> task = new ComputeTask<>(priority, corpus, () -> true, since);
    queue.add(task);
    return task;
  }

  private ComputeTask<?> question(CorpusId corpus) {
    return add(Priority.INTERACTIVE, corpus, 0);
  }

  private ComputeTask<?> piece(CorpusId corpus) {
    return add(Priority.BATCH, corpus, 0);
  }

  private ComputeTask<?> next() {
    return Objects.requireNonNull(next(0), "a task");
  }

  /** What begins at that time, of any priority. */
  private @Nullable ComputeTask<?> next(long now) {
    ComputeTask<?> batch = queue.next(Priority.BATCH, now);
    return batch != null ? batch : queue.next(Priority.INTERACTIVE, now);
  }

  @Test
  void next_questionBehindPieces_goesFirst() {
    ComputeTask<?> piece = piece(ONE);
    ComputeTask<?> question = question(TWO);
    assertThat(next()).isSameAs(question);
    assertThat(next()).isSameAs(piece);
    assertThat(next(0)).isNull();
  }

  @Test
  void next_coresHeldByPieces_questionBeginsAllTheSame() {
    piece(ONE);
    piece(ONE);
    next();
    next();
    ComputeTask<?> question = question(TWO);
    assertThat(next()).isSameAs(question);
  }

  @Test
  void next_coresHeld_noFurtherPieceBegins() {
    question(ONE);
    piece(ONE);
    piece(ONE);
    next();
    ComputeTask<?> begun = next();
    assertThat(next(0)).isNull();
    queue.ended(begun);
    assertThat(next(0)).isNotNull();
  }

  @Test
  void next_asManyQuestionsAsCores_othersWait() {
    question(ONE);
    question(ONE);
    question(ONE);
    next();
    next();
    assertThat(next(0)).isNull();
    assertThat(queue.waiting(Priority.INTERACTIVE)).isEqualTo(1);
  }

  @Test
  void next_corpora_takeTurns() {
    ComputeTask<?> first = question(ONE);
    ComputeTask<?> second = question(ONE);
    ComputeTask<?> other = question(TWO);
    ComputeTask<?> begun = next();
    assertThat(begun).isSameAs(first);
    queue.ended(begun);
    begun = next();
    assertThat(begun).isSameAs(other);
    queue.ended(begun);
    assertThat(next()).isSameAs(second);
  }

  @Test
  void next_pieceKeptFromRunningForLong_getsACore() {
    ComputeTask<?> piece = piece(ONE);
    for (int i = 0; i < 10; i++) {
      question(TWO);
    }
    assertThat(next(Duration.ofMillis(199).toNanos())).isNotSameAs(piece);
    assertThat(next(Duration.ofMillis(200).toNanos())).isSameAs(piece);
    piece(ONE);
    assertThat(next(Duration.ofDays(1).toNanos()))
        .as("one piece runs, so questions go on")
        .extracting(task -> task.priority)
        .isEqualTo(Priority.INTERACTIVE);
  }

  @Test
  void remove_taskThatWaits_isGone() {
    ComputeTask<?> piece = piece(ONE);
    assertThat(queue.remove(piece)).isTrue();
    assertThat(queue.remove(piece)).isFalse();
    assertThat(next(0)).isNull();
    assertThat(queue.waiting(Priority.BATCH)).isZero();
  }

  @Test
  void remove_taskThatRuns_isTooLate() {
    ComputeTask<?> piece = piece(ONE);
    next();
    assertThat(queue.remove(piece)).isFalse();
  }
}
