package dev.ragline.server.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Completed;
import dev.ragline.v1.TextDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnswerLogsTest {
  private static final CorpusId FAQ = new CorpusId("Faq");
  private static final int KIB = 1 << 10;
  private static final AnswersConfig CONFIG =
      new AnswersConfig(32 * KIB, 64 * KIB, 600, 1 << 20, 86_400, 15, 2);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<AnswerLogs> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(AnswerLogs::close);
  }

  private AnswerLogs logs(AnswerArchive archive) {
    AnswerLogs logs =
        new AnswerLogs(CONFIG, archive, () -> now, System::nanoTime, AnswerLogsTest::describe);
    opened.add(logs);
    return logs;
  }

  private FolderArchive archive() throws IOException {
    return FolderArchive.open(folder, 1 << 20, Duration.ofDays(1), () -> now);
  }

  private static RagException describe(Throwable failure) {
    return failure instanceof RagException known
        ? known
        : new RagException(ErrorCode.INTERNAL, "INTERNAL", "broken");
  }

  private static AnswerId id() {
    return AnswerId.random(FAQ);
  }

  /** An answer of about so many bytes. */
  private static AnswerLogs.Writing saying(int bytes) {
    return events -> {
      String text = "x".repeat(bytes / 2);
      events.accept(
          AnswerEvent.newBuilder().setTextDelta(TextDelta.newBuilder().setText(text)).build());
      events.accept(
          AnswerEvent.newBuilder()
              .setCompleted(Completed.newBuilder().setAnswer(Answer.newBuilder().setText(text)))
              .build());
    };
  }

  private static List<AnswerEvent> rest(AnswerReader reader) {
    List<AnswerEvent> events = new ArrayList<>();
    AnswerEvent event = reader.next(Call.UNLIMITED);
    while (event != null) {
      events.add(event);
      event = reader.next(Call.UNLIMITED);
    }
    return events;
  }

  private static void assertNotHeld(AnswerLogs logs, AnswerId id) {
    assertThatThrownBy(() -> logs.get(id, Instant.MIN))
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
              assertThat(e.reason()).isEqualTo("ANSWER_NOT_HELD");
              assertThat(e.details()).isNotEmpty();
            });
  }

  @Test
  void record_answer_canBeReadAgain() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();

    Answer answer = logs.record(id, saying(KIB));

    assertThat(answer.getName()).isEqualTo(id.resourceName());
    assertThat(logs.get(id, Instant.MIN)).isEqualTo(answer);
    assertThat(rest(logs.resume(id, -1, Instant.MIN))).hasSize(2);
  }

  @Test
  void record_moreThanMemoryHolds_forgetsTheLeastRecentlyFinished() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    List<AnswerId> ids = Stream.generate(AnswerLogsTest::id).limit(10).toList();
    ids.forEach(id -> logs.record(id, saying(12 * KIB)));

    ids.subList(0, 5).forEach(id -> assertNotHeld(logs, id));
    ids.subList(5, 10)
        .forEach(id -> assertThat(logs.get(id, Instant.MIN).getText()).hasSize(6 * KIB));
    assertThat(logs.usedBytes()).isLessThanOrEqualTo(64 * KIB);

    logs.forget(FAQ);
    assertThat(logs.usedBytes()).isZero();
    ids.forEach(id -> assertNotHeld(logs, id));
  }

  @Test
  void record_answerLargerThanALog_isGivenButNotHeld() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();

    assertThat(logs.record(id, saying(100 * KIB)).getText()).hasSize(50 * KIB);

    assertNotHeld(logs, id);
    assertThat(logs.usedBytes()).isZero();
  }

  @Test
  void record_failure_isThrownAndKept() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();
    AnswerLogs.Writing failing =
        events -> {
          throw new IllegalStateException("secret");
        };

    assertThatThrownBy(() -> logs.record(id, failing)).hasMessage("broken");
    assertThatThrownBy(() -> logs.get(id, Instant.MIN)).hasMessage("broken");
  }

  @Test
  void sweep_afterItsTime_forgets() throws IOException {
    AnswerLogs logs = logs(archive());
    AnswerId id = id();
    var _ = logs.record(id, saying(KIB));

    now = now.plusSeconds(601);
    logs.sweep();
    assertThat(logs.usedBytes()).isZero();
    assertThat(logs.get(id, Instant.MIN).getText()).hasSize(KIB / 2);

    now = now.plusSeconds(86_400);
    logs.sweep();
    assertNotHeld(logs, id);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void resume_afterARestart_givesTheSameBytes() throws IOException {
    AnswerId id = id();
    AnswerLogs before = logs(archive());
    List<AnswerEvent> events = rest(before.ask(id, saying(KIB)));

    AnswerLogs after = logs(archive());

    assertThat(rest(after.resume(id, -1, Instant.MIN))).isEqualTo(events);
    assertThat(rest(after.resume(id, 0, Instant.MIN))).isEqualTo(events.subList(1, 2));
    assertThat(after.get(id, Instant.MIN)).isEqualTo(events.get(1).getCompleted().getAnswer());
    after.forget(FAQ);
    assertNotHeld(after, id);
    assertNotHeld(logs(archive()), id);
  }

  @Test
  void resume_answerOlderThanItsCorpus_isNotHeld() throws IOException {
    AnswerLogs logs = logs(archive());
    AnswerId id = id();
    var _ = logs.record(id, saying(KIB));
    Instant corpusMadeAnew = now.plusMillis(1);

    assertThatThrownBy(() -> logs.resume(id, -1, corpusMadeAnew))
        .hasMessageContaining("does not hold");
    assertThatThrownBy(() -> logs(archive()).get(id, corpusMadeAnew))
        .hasMessageContaining("does not hold");
    assertThat(logs.get(id, now)).isNotNull();
  }

  @Test
  void ask_nameThatWasUsed_isRefused() throws IOException {
    AnswerLogs logs = logs(archive());
    AnswerId id = id();
    var _ = logs.record(id, saying(KIB));

    for (AnswerLogs each : List.of(logs, logs(archive()))) {
      assertThatThrownBy(() -> each.ask(id, saying(KIB)))
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    }
  }

  @Test
  void askAndContinue_readerGoes_isWrittenToItsEnd() throws InterruptedException {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();
    CountDownLatch gone = new CountDownLatch(1);
    AnswerReader reader =
        logs.askAndContinue(
            id,
            Call.UNLIMITED,
            events -> {
              awaitCalmly(gone);
              saying(KIB).write(events);
            });

    reader.close();
    assertThatThrownBy(() -> logs.get(id, Instant.MIN))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_RUNNING"));
    gone.countDown();

    assertThat(logs.awaitNone(Duration.ofSeconds(30))).isTrue();
    assertThat(logs.get(id, Instant.MIN).getText()).hasSize(KIB / 2);
  }

  @Test
  void cancel_beforeTheQuestionComes_isKeptUntilThen() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();
    AtomicInteger written = new AtomicInteger();
    AnswerLogs.Writing writing = events -> written.incrementAndGet();

    assertThatThrownBy(() -> logs.cancel(id)).hasMessageContaining("does not hold");

    assertThatThrownBy(() -> logs.askAndContinue(id, Call.UNLIMITED, writing))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_STOPPED"));
    assertThat(written).hasValue(0);
    assertNotHeld(logs, id);
  }

  @Test
  void cancel_whileTheQuestionComes_alwaysStopsIt() throws InterruptedException {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 2000; i++) {
      AnswerId id = id();
      Thread canceller = Thread.ofVirtual().start(() -> cancelIfHeld(logs, id));
      assertThatThrownBy(() -> rest(askAsSoonAsThereIsRoom(logs, id, never)))
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_STOPPED"));
      canceller.join();
    }
  }

  private static void cancelIfHeld(AnswerLogs logs, AnswerId id) {
    try {
      logs.cancel(id);
    } catch (RagException e) {
      assertThat(e.reason()).isEqualTo("ANSWER_NOT_HELD");
    }
  }

  /** The one before gives its place back when its readers know already that it has ended. */
  private static AnswerReader askAsSoonAsThereIsRoom(
      AnswerLogs logs, AnswerId id, CountDownLatch never) {
    while (true) {
      try {
        return logs.askAndContinue(
            id, Call.within(Duration.ofMinutes(1)), events -> awaitCalmly(never));
      } catch (RagException e) {
        if (!e.reason().equals("TOO_MANY_CONTINUED")) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void askAndContinue_deadlinePasses_endsWithIt() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerReader reader =
        logs.askAndContinue(
            id(), Call.within(Duration.ofMillis(50)), events -> awaitCalmly(new CountDownLatch(1)));

    assertThatThrownBy(() -> reader.next(Call.UNLIMITED))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  @Test
  void askAndContinue_tooMany_areRefusedUntilOneEnds() throws InterruptedException {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    CountDownLatch go = new CountDownLatch(1);
    AnswerId first = id();
    for (AnswerId id : List.of(first, id())) {
      var _ = logs.askAndContinue(id, Call.UNLIMITED, events -> awaitCalmly(go));
    }

    assertThatThrownBy(() -> logs.askAndContinue(id(), Call.UNLIMITED, saying(KIB)))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("TOO_MANY_CONTINUED"));

    logs.cancel(first);
    go.countDown();
    assertThat(logs.awaitNone(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void close_answersThatGoOn_areStopped() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerReader reader =
        logs.askAndContinue(id(), Call.UNLIMITED, events -> awaitCalmly(new CountDownLatch(1)));

    logs.close();

    assertThatThrownBy(() -> reader.next(Call.UNLIMITED)).hasMessageContaining("stopped");
  }

  private static void awaitCalmly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled while writing", e);
    }
  }
}
