package dev.ragline.server.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.base.Throwables;
import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.testing.TestExecution;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Completed;
import dev.ragline.v1.TextDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
      new AnswersConfig(32 * KIB, 64 * KIB, 600, 1 << 20, 86_400, 15, 15, 2);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final AtomicLong nanos = new AtomicLong();
  private final List<AnswerLogs> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(AnswerLogs::close);
  }

  private AnswerLogs logs(AnswerArchive archive) {
    AnswerLogs logs =
        new AnswerLogs(
            CONFIG, archive, () -> now, nanos::get, AnswerLogsTest::describe, TestExecution.SHARED);
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

  /** Writes an answer's events; the last is Completed unless it throws. */
  @FunctionalInterface
  private interface Writing {
    void write(Consumer<AnswerEvent> events);
  }

  /** An answer of about so many bytes. */
  private static Writing saying(int bytes) {
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

  private static void write(AnswerLogs logs, AnswerLog log, Writing writing) {
    try {
      writing.write(log::append);
    } catch (RuntimeException e) {
      logs.fail(log, e);
      return;
    }
    logs.complete(log);
  }

  private static Answer record(AnswerLogs logs, AnswerId id, Writing writing) {
    AnswerLog log = logs.record(id, Call.UNLIMITED);
    write(logs, log, writing);
    return log.answer();
  }

  /** Asks on this thread; the reader has all when this returns. */
  private static TestReader ask(AnswerLogs logs, AnswerId id, Writing writing) {
    TestReader reader = TestReader.eager();
    write(logs, logs.ask(id, Call.UNLIMITED, reader), writing);
    return reader;
  }

  /** Asks on another thread for an answer that goes on; returns when it has begun. */
  private static TestReader askAndContinue(
      AnswerLogs logs, AnswerId id, Call call, Writing writing) {
    TestReader reader = TestReader.eager();
    CompletableFuture<AnswerLog> begun = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              AnswerLog log;
              try {
                log = logs.askAndContinue(id, call, reader);
              } catch (RuntimeException e) {
                begun.completeExceptionally(e);
                return;
              }
              begun.complete(log);
              write(logs, log, writing);
            });
    try {
      var _ = begun.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RagException refusal ? refusal : e;
    }
    return reader;
  }

  private static List<AnswerEvent> resumed(AnswerLogs logs, AnswerId id, long after) {
    TestReader reader = TestReader.eager();
    logs.resume(id, after, Instant.MIN, reader);
    return reader.rest();
  }

  private void awaitNone(AnswerLogs logs) throws InterruptedException {
    assertThat(logs.awaitNone(Duration.ofSeconds(30))).isTrue();
    await().until(() -> logs.running() == 0); // the last steps behind what readers are told
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

    Answer answer = record(logs, id, saying(KIB));

    assertThat(answer.getName()).isEqualTo(id.resourceName());
    assertThat(logs.get(id, Instant.MIN)).isEqualTo(answer);
    assertThat(resumed(logs, id, -1)).hasSize(2);
  }

  @Test
  void record_moreThanMemoryHolds_forgetsTheLeastRecentlyFinished() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    List<AnswerId> ids = Stream.generate(AnswerLogsTest::id).limit(10).toList();
    ids.forEach(id -> record(logs, id, saying(12 * KIB)));

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

    assertThat(record(logs, id, saying(100 * KIB)).getText()).hasSize(50 * KIB);

    assertNotHeld(logs, id);
    assertThat(logs.usedBytes()).isZero();
  }

  @Test
  void record_failure_isThrownAndKept() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();
    Writing failing =
        events -> {
          throw new IllegalStateException("secret");
        };

    assertThatThrownBy(() -> record(logs, id, failing)).hasMessage("broken");
    assertThatThrownBy(() -> logs.get(id, Instant.MIN)).hasMessage("broken");
  }

  @Test
  void sweep_afterItsTime_forgets() throws IOException {
    AnswerLogs logs = logs(archive());
    AnswerId id = id();
    var _ = record(logs, id, saying(KIB));

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
    List<AnswerEvent> events = ask(before, id, saying(KIB)).rest();

    AnswerLogs after = logs(archive());

    assertThat(resumed(after, id, -1)).isEqualTo(events);
    assertThat(resumed(after, id, 0)).isEqualTo(events.subList(1, 2));
    assertThat(after.get(id, Instant.MIN)).isEqualTo(events.get(1).getCompleted().getAnswer());
    after.forget(FAQ);
    assertNotHeld(after, id);
    assertNotHeld(logs(archive()), id);
  }

  @Test
  void resume_answerOlderThanItsCorpus_isNotHeld() throws IOException {
    AnswerLogs logs = logs(archive());
    AnswerId id = id();
    var _ = record(logs, id, saying(KIB));
    Instant corpusMadeAnew = now.plusMillis(1);

    assertThatThrownBy(() -> logs.resume(id, -1, corpusMadeAnew, TestReader.eager()))
        .hasMessageContaining("does not hold");
    assertThatThrownBy(() -> logs(archive()).get(id, corpusMadeAnew))
        .hasMessageContaining("does not hold");
    assertThat(logs.get(id, now)).isNotNull();
  }

  @Test
  void ask_nameThatWasUsed_isRefused() throws IOException {
    AnswerLogs logs = logs(archive());
    AnswerId id = id();
    var _ = record(logs, id, saying(KIB));

    for (AnswerLogs each : List.of(logs, logs(archive()))) {
      TestReader reader = TestReader.eager();
      assertThatThrownBy(() -> each.ask(id, Call.UNLIMITED, reader))
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
      assertThat(reader.awaitEnd().orElseThrow().reason()).isEqualTo("ANSWER_EXISTS");
      assertThat(each.running()).isZero();
    }
    assertThat(resumed(logs, id, -1)).hasSize(2);
  }

  @Test
  void ask_nameThatIsInUse_isRefusedAndLeavesTheOtherAlone() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();
    TestReader reader = TestReader.eager();
    AnswerLog log = logs.ask(id, Call.UNLIMITED, reader);

    assertThatThrownBy(() -> logs.ask(id, Call.UNLIMITED, TestReader.eager()))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_EXISTS"));

    write(logs, log, saying(KIB));
    assertThat(reader.rest()).hasSize(2);
  }

  @Test
  void ask_readerThatHasGone_isNotBegun() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    RagException failure = TestReader.paused().gone;
    AnswerSubscriber gone =
        new AnswerSubscriber() {
          @Override
          public void onSubscribe(AnswerSubscription subscription) {
            throw failure;
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void onNext(AnswerEvent event) {}

          @Override
          public void onError(RagException failure) {}

          @Override
          public void onCompleted() {}
        };
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> logs.askAndContinue(id(), Call.UNLIMITED, gone)).isEqualTo(failure);
    }
    assertThat(logs.running()).isZero();
  }

  @Test
  void askAndContinue_readerGoes_isWrittenToItsEnd() throws InterruptedException {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();
    CountDownLatch gone = new CountDownLatch(1);
    TestReader reader =
        askAndContinue(
            logs,
            id,
            Call.UNLIMITED,
            events -> {
              awaitCalmly(gone);
              saying(KIB).write(events);
            });

    reader.leave();
    logs.tick();
    assertThatThrownBy(() -> logs.get(id, Instant.MIN))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_RUNNING"));
    gone.countDown();

    awaitNone(logs);
    assertThat(logs.get(id, Instant.MIN).getText()).hasSize(KIB / 2);
  }

  @Test
  void askAndContinue_nobodyResumesWithinTheLease_isStopped() throws InterruptedException {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();
    TestReader reader =
        askAndContinue(logs, id, Call.UNLIMITED, events -> awaitCalmly(new CountDownLatch(1)));
    reader.leave();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(14));
    logs.tick();
    TestReader back = TestReader.eager();
    logs.resume(id, -1, Instant.MIN, back);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(100));
    logs.tick();
    assertThat(back.hasEnded()).isFalse();
    back.leave();

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
    logs.tick();

    awaitNone(logs);
    assertThatThrownBy(() -> logs.get(id, Instant.MIN))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_STOPPED"));
  }

  @Test
  void cancel_beforeTheQuestionComes_isKeptUntilThen() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    AnswerId id = id();

    assertThatThrownBy(() -> logs.cancel(id)).hasMessageContaining("does not hold");

    assertThatThrownBy(() -> logs.askAndContinue(id, Call.UNLIMITED, TestReader.eager()))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_STOPPED"));
    assertNotHeld(logs, id);
  }

  @Test
  void cancel_whileTheQuestionComes_alwaysStopsIt() throws InterruptedException {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 2000; i++) {
      AnswerId id = id();
      Thread canceller = Thread.ofVirtual().start(() -> cancelIfHeld(logs, id));
      assertThatThrownBy(
              () ->
                  askAndContinue(
                          logs,
                          id,
                          Call.within(Duration.ofMinutes(1)),
                          events -> awaitCalmly(never))
                      .rest())
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_STOPPED"));
      canceller.join();
    }
    awaitNone(logs);
  }

  private static void cancelIfHeld(AnswerLogs logs, AnswerId id) {
    try {
      logs.cancel(id);
    } catch (RagException e) {
      assertThat(e.reason()).isEqualTo("ANSWER_NOT_HELD");
    }
  }

  @Test
  void askAndContinue_deadlinePasses_endsWithIt() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    TestReader reader =
        askAndContinue(
            logs,
            id(),
            Call.within(Duration.ofMillis(50)),
            events -> awaitCalmly(new CountDownLatch(1)));

    assertThat(reader.awaitEnd().orElseThrow().code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  void askAndContinue_tooMany_areRefusedUntilOneEnds() throws InterruptedException {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    CountDownLatch go = new CountDownLatch(1);
    AnswerId first = id();
    for (AnswerId id : List.of(first, id())) {
      var _ = askAndContinue(logs, id, Call.UNLIMITED, events -> awaitCalmly(go));
    }

    assertThatThrownBy(() -> logs.askAndContinue(id(), Call.UNLIMITED, TestReader.eager()))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("TOO_MANY_CONTINUED"));

    logs.cancel(first);
    go.countDown();
    awaitNone(logs);
    assertThat(askAndContinue(logs, id(), Call.UNLIMITED, saying(KIB)).rest()).hasSize(2);
  }

  /** Every kind of failure ends the answer, and gives back what it held. */
  @Test
  void complete_archiveThatFails_endsTheAnswerAllTheSame() throws InterruptedException {
    List<Throwable> failures =
        List.of(
            new IllegalStateException("broken"),
            new UncheckedIOException(new IOException("No space left on device")),
            new OutOfMemoryError("no room for a copy"));
    for (Throwable failure : failures) {
      AnswerLogs logs = logs(new TroubledArchive(() -> Throwables.throwIfUnchecked(failure)));
      for (int i = 0; i < 5; i++) {
        AnswerId id = id();
        assertThat(askAndContinue(logs, id, Call.UNLIMITED, saying(KIB)).rest()).hasSize(2);
        assertThat(logs.get(id, Instant.MIN).getText()).hasSize(KIB / 2);
      }
      awaitNone(logs);
      logs.forget(FAQ);
      assertThat(logs.usedBytes()).isZero();
    }
  }

  @Test
  void complete_diskThatHangs_holdsNobodyElseBack() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch healed = new CountDownLatch(1);
    AnswerLogs logs =
        logs(
            new TroubledArchive(
                () -> {
                  hanging.countDown();
                  awaitCalmly(healed);
                }));
    AnswerId id = id();
    TestReader reader = askAndContinue(logs, id, Call.UNLIMITED, saying(KIB));
    hanging.await();

    TestReader other = TestReader.eager();
    logs.resume(id, 0, Instant.MIN, other);
    assertThat(reader.events()).hasSize(2);
    assertThat(other.events()).hasSize(1);
    assertNotHeld(logs, id());
    logs.tick();
    TestReader running = TestReader.eager();
    AnswerLog log = logs.ask(id(), Call.UNLIMITED, running);
    log.append(AnswerEvent.getDefaultInstance());
    assertThat(running.events()).hasSize(1);
    logs.fail(log, new IllegalStateException("enough"));
    healed.countDown();

    assertThat(reader.rest()).hasSize(2);
    assertThat(other.rest()).hasSize(1);
  }

  /** Has trouble with writing, and reads nothing. */
  private record TroubledArchive(Runnable trouble) implements AnswerArchive {
    @Override
    public void write(AnswerId id, Kept answer) {
      trouble.run();
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

  @Test
  void close_answersThatGoOn_areStopped() {
    AnswerLogs logs = logs(AnswerArchive.NONE);
    TestReader reader =
        askAndContinue(logs, id(), Call.UNLIMITED, events -> awaitCalmly(new CountDownLatch(1)));

    logs.close();

    assertThatThrownBy(reader::rest).hasMessageContaining("stopped");
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
