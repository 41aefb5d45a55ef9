package dev.ragline.server.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.AnswerId;
import dev.ragline.document.CorpusId;
import dev.ragline.testing.TestExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArchivingTest {
  private static final AnswerId ID = AnswerId.random(new CorpusId("Faq"));
  private static final AnswerArchive.Kept ANSWER =
      new AnswerArchive.Kept(Instant.EPOCH, 0, List.of());

  /** Writes by doing something. */
  private record Doing(Runnable work) implements AnswerArchive {
    @Override
    public void write(AnswerId id, Kept answer) {
      work.run();
    }

    @Override
    public Optional<Kept> read(AnswerId id) {
      return Optional.empty();
    }

    @Override
    public void forget(CorpusId corpus) {}

    @Override
    public void sweep() {}
  }

  private static Archiving archiving(Runnable work, Duration longest) {
    return new Archiving(new Doing(work), TestExecution.SHARED.files(), longest);
  }

  @Test
  void write_diskThatHangs_isNotWaitedForLong() {
    CountDownLatch healed = new CountDownLatch(1);
    archiving(() -> awaitUninterrupted(healed), Duration.ofMillis(10)).write(ID, ANSWER);
    healed.countDown();
  }

  @Test
  void write_callerIsInterrupted_writesAndStaysInterrupted() {
    AtomicReference<@Nullable Boolean> writerWas = new AtomicReference<>();
    Thread.currentThread().interrupt();

    archiving(() -> writerWas.set(Thread.currentThread().isInterrupted()), Duration.ofSeconds(30))
        .write(ID, ANSWER);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(writerWas).hasValue(false);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
