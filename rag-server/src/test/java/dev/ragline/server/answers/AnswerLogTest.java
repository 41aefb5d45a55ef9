package dev.ragline.server.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerDigest;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Completed;
import dev.ragline.v1.TextDelta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AnswerLogTest {
  private static final AnswerId ID = AnswerId.random(new CorpusId("Faq"));
  private static final int LIMIT = 16 << 10;
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AnswerMemory memory = new AnswerMemory(1 << 20);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger written = new AtomicInteger();

  private AnswerLog log(Terms terms) {
    return log(terms, LIMIT, memory);
  }

  private AnswerLog log(Terms terms, int limit, AnswerMemory shared) {
    return new AnswerLog(
        new EventWindow(ID),
        new Writing(ID, Call.UNLIMITED, null),
        terms,
        Instant.EPOCH,
        new LogLimits(limit, TimeUnit.SECONDS.toNanos(15)),
        shared,
        nanos::get);
  }

  /** One that nobody reads while it is written. */
  private AnswerLog recorded() {
    AnswerLog log = log(Terms.CANCEL);
    log.hold();
    return log;
  }

  private static AnswerEvent delta(String text) {
    return AnswerEvent.newBuilder()
        .setAnswer("what the core calls it")
        .setSequence(7)
        .setElapsed(Durations.fromMillis(3))
        .setTextDelta(TextDelta.newBuilder().setText(text))
        .build();
  }

  private static AnswerEvent completed() {
    return AnswerEvent.newBuilder()
        .setCompleted(Completed.newBuilder().setAnswer(Answer.newBuilder().setText("all")))
        .build();
  }

  /** Writes so many events of 1 KiB, then the last, on a thread of its own. */
  private Thread write(AnswerLog log, int events) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (int i = 0; i < events; i++) {
                  log.append(delta("x".repeat(1024)));
                  written.incrementAndGet();
                }
                log.append(completed());
                end(log, null);
              } catch (RagException e) {
                end(log, e);
              }
            });
  }

  private static void end(AnswerLog log, @Nullable RagException failure) {
    log.seal(failure);
    log.end();
  }

  private static TestReader read(AnswerLog log, TestReader reader, long after) {
    log.subscribe(after, reader);
    return reader;
  }

  private static TestReader read(AnswerLog log, TestReader reader) {
    return read(log, reader, -1);
  }

  private static List<AnswerEvent> all(AnswerLog log, long after) {
    return read(log, TestReader.eager(), after).rest();
  }

  private static void awaitStopped(AnswerLog log) throws InterruptedException {
    assertThat(log.awaitEnd(Duration.ofSeconds(30))).isTrue();
    assertThatThrownBy(log::answer)
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.ABORTED);
              assertThat(e.reason()).isEqualTo("ANSWER_STOPPED");
            });
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.isAlive()).isTrue();
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void append_events_areNumberedAndBearTheLogsName() {
    AnswerLog log = recorded();
    log.append(delta("a"));
    log.append(completed());
    end(log, null);

    List<AnswerEvent> events = all(log, -1);

    assertThat(events).extracting(AnswerEvent::getSequence).containsExactly(0L, 1L);
    assertThat(events).extracting(AnswerEvent::getAnswer).containsOnly(ID.resourceName());
    assertThat(events.getFirst().getElapsed()).isEqualTo(Durations.fromMillis(3));
    Answer answer = log.answer();
    assertThat(answer.getName()).isEqualTo(ID.resourceName());
    assertThat(answer.getAnswerSha256()).isEqualTo(AnswerDigest.of(answer));
  }

  @Test
  void subscribe_behindEverySequence_givesTheRestByteForByte() {
    AnswerLog log = recorded();
    for (String text : List.of("Ä", "b", "c", "\uD83D\uDE00")) {
      log.append(delta(text));
    }
    log.append(completed());
    end(log, null);
    List<AnswerEvent> all = all(log, -1);

    assertThat(all).hasSize(5);
    for (int after = -1; after < all.size(); after++) {
      assertThat(all(log, after)).isEqualTo(all.subList(after + 1, all.size()));
    }
    assertThatThrownBy(() -> read(log, TestReader.eager(), 5))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void append_atTheReadersPace_isOneEventAhead() {
    AnswerLog log = log(Terms.CANCEL);
    TestReader reader = read(log, TestReader.paused());
    Thread writer = write(log, 100);

    for (int taken = 0; taken < 100; taken++) {
      awaitWaiting(writer);
      assertThat(written.get()).isBetween(taken - 1, taken);
      reader.request(1);
    }
    assertThat(reader.rest()).hasSize(101);
  }

  @Test
  void append_readersOfSeveralPaces_waitsForTheSlowest() {
    AnswerLog log = log(Terms.CANCEL);
    TestReader fast = read(log, TestReader.eager());
    TestReader slow = read(log, TestReader.paused());
    Thread writer = write(log, 20);

    for (int taken = 0; taken < 20; taken++) {
      awaitWaiting(writer);
      assertThat(fast.events()).hasSizeBetween(taken, taken + 1);
      slow.request(1);
    }
    assertThat(slow.rest()).isEqualTo(fast.rest()).hasSize(21);
  }

  @Test
  void append_theSlowestLeaves_goesOnForTheOthers() {
    AnswerLog log = log(Terms.CANCEL);
    TestReader fast = read(log, TestReader.eager());
    TestReader slow = read(log, TestReader.paused());
    Thread writer = write(log, 20);
    awaitWaiting(writer);

    slow.leave();

    assertThat(fast.rest()).hasSize(21);
    assertThat(slow.awaitEnd()).contains(slow.gone);
    assertThat(slow.events()).isEmpty();
  }

  @Test
  void append_logIsFull_waitsForTheReaderAndLosesNothing() {
    AnswerLog log = log(new Terms(LEASE, 10 * LIMIT));
    TestReader reader = read(log, TestReader.paused());
    Thread writer = write(log, 100);

    awaitWaiting(writer);
    assertThat(written.get()).isBetween(10, LIMIT / 1024);
    assertThat(memory.usedBytes()).isEqualTo(log.heldBytes()).isLessThanOrEqualTo(LIMIT);
    assertThat(reader.rest())
        .extracting(AnswerEvent::getSequence)
        .containsExactlyElementsOf(LongStream.range(0, 101).boxed().toList());
  }

  @Test
  void append_readerIsSlowAndThenGone_isAheadByLittleAndThenByTheWholeLog() {
    AnswerLog log = log(Terms.goingOn(LEASE), 4 * LIMIT, memory);
    TestReader reader = read(log, TestReader.paused());
    Thread writer = write(log, 100);
    awaitWaiting(writer);
    assertThat(log.heldBytes()).isBetween(LIMIT / 2L, LIMIT + 2048L);

    reader.leave();
    while (log.heldBytes() < 3 * LIMIT) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(all(log, -1)).hasSize(101);
  }

  @Test
  void append_logIsFullAndNobodyReads_waitsForTheNextReader() {
    AnswerLog log = log(Terms.goingOn(LEASE));
    Thread writer = write(log, 100);
    awaitWaiting(writer);

    assertThat(all(log, -1)).hasSize(101);
  }

  @Test
  void append_memoryIsFull_holdsOneEventAtLeast() {
    AnswerLog log = log(Terms.goingOn(LEASE), LIMIT, new AnswerMemory(0));
    TestReader reader = read(log, TestReader.eager());
    var _ = write(log, 50);

    assertThat(reader.rest()).hasSize(51);
  }

  @Test
  void subscribe_eventsThatAreGone_isNotHeld() {
    AnswerLog log = recorded();
    for (int i = 0; i < 100; i++) {
      log.append(delta("x".repeat(1024)));
    }
    log.append(completed());
    end(log, null);

    assertThatThrownBy(() -> read(log, TestReader.eager()))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_NOT_HELD"));
    assertThat(all(log, 98)).hasSize(2);
    assertThat(log.answer().getText()).isEqualTo("all");
  }

  @Test
  void subscribe_betweenTheLastEventAndTheEnd_bringsTheEndWhenItComes() {
    AnswerLog log = recorded();
    log.append(completed());
    log.seal(null);
    TestReader reader = read(log, TestReader.eager());
    assertThat(reader.events()).hasSize(1);
    assertThat(reader.hasEnded()).isFalse();

    log.end();

    assertThat(reader.awaitEnd()).isEmpty();
  }

  @Test
  void tick_silence_givesAllReadersOneHeartbeatWithANumber() {
    AnswerLog log = log(Terms.goingOn(LEASE));
    TestReader first = read(log, TestReader.eager());
    TestReader second = read(log, TestReader.eager());
    log.append(delta("a"));
    nanos.set(TimeUnit.SECONDS.toNanos(14));
    log.tick();
    assertThat(first.events()).hasSize(1);
    nanos.set(TimeUnit.SECONDS.toNanos(16));

    log.tick();
    log.tick();

    AnswerEvent heartbeat = first.events().getLast();
    assertThat(heartbeat.hasHeartbeat()).isTrue();
    assertThat(heartbeat.getSequence()).isEqualTo(1);
    assertThat(heartbeat.getElapsed()).isEqualTo(Durations.fromMillis(16_003));
    assertThat(second.events()).isEqualTo(first.events());
    log.append(delta("b"));
    assertThat(first.events()).extracting(AnswerEvent::getSequence).containsExactly(0L, 1L, 2L);
    assertThat(memory.usedBytes()).isEqualTo(log.heldBytes());
  }

  @Test
  void tick_silenceBeforeTheFirstEventOrBehindTheLast_givesNone() {
    AnswerLog log = log(Terms.goingOn(LEASE));
    TestReader reader = read(log, TestReader.eager());
    nanos.set(TimeUnit.SECONDS.toNanos(100));
    log.tick();
    assertThat(reader.events()).isEmpty();

    log.append(completed());
    nanos.set(TimeUnit.SECONDS.toNanos(200));
    log.tick();
    assertThat(reader.events()).hasSize(1);
  }

  @Test
  void tick_readerHasNotHadAll_givesNone() {
    AnswerLog log = log(Terms.goingOn(LEASE));
    TestReader reader = read(log, TestReader.paused());
    log.append(delta("a"));
    nanos.set(TimeUnit.SECONDS.toNanos(100));
    log.tick();

    reader.request(10);

    assertThat(reader.events()).hasSize(1);
  }

  @Test
  void tick_leaseIsOver_stopsTheWriter() throws InterruptedException {
    AnswerLog log = log(Terms.goingOn(LEASE));
    TestReader reader = read(log, TestReader.eager());
    Thread writer = write(log, 100_000);
    nanos.set(LEASE.toNanos() * 10);
    log.tick();
    reader.leave();
    awaitWaiting(writer);

    nanos.addAndGet(LEASE.toNanos() - 1);
    log.tick();
    awaitWaiting(writer);
    nanos.addAndGet(1);
    log.tick();

    awaitStopped(log);
  }

  @Test
  void tick_somebodyCameBackInTime_endsTheLease() {
    AnswerLog log = log(Terms.goingOn(LEASE));
    read(log, TestReader.eager()).leave();
    Thread writer = write(log, 100);
    awaitWaiting(writer);
    nanos.addAndGet(LEASE.toNanos() - 1);
    TestReader back = read(log, TestReader.paused());
    nanos.addAndGet(LEASE.toNanos());
    log.tick();

    assertThat(back.rest()).hasSize(101);
  }

  @Test
  void stop_whileWritten_tellsReadersBehindWhatIsHeld() throws InterruptedException {
    AnswerLog log = log(Terms.goingOn(LEASE), 4 * LIMIT, memory);
    TestReader reader = read(log, TestReader.paused());
    Thread writer = write(log, 100);
    awaitWaiting(writer);

    log.stop();
    awaitStopped(log);
    assertThat(reader.hasEnded()).isFalse();
    reader.request(100);

    assertThat(reader.events()).hasSize(written.get() + 1);
    assertThat(reader.awaitEnd().orElseThrow().reason()).isEqualTo("ANSWER_STOPPED");
  }

  @Test
  void stop_writerThatWaitsElsewhere_isInterrupted() throws InterruptedException {
    CompletableFuture<AnswerLog> opened = new CompletableFuture<>();
    Thread writer =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  LockSupport.park();
                  end(
                      opened.join(),
                      new RagException(ErrorCode.CANCELLED, "CANCELLED", "interrupted"));
                });
    AnswerLog log = written(writer, Call.UNLIMITED);
    opened.complete(log);
    writer.start();
    TestReader reader = read(log, TestReader.eager());

    reader.leave();

    awaitStopped(log);
  }

  private AnswerLog written(Thread writer, Call call) {
    return new AnswerLog(
        new EventWindow(ID),
        new Writing(ID, call, writer),
        Terms.CANCEL,
        Instant.EPOCH,
        LogLimits.NONE,
        memory,
        nanos::get);
  }

  @Test
  void leave_lastReaderBehindTheDeadline_leavesAnAnswerThatWasLate() {
    AnswerLog log = written(Thread.currentThread(), Call.within(Duration.ZERO));
    read(log, TestReader.eager()).leave();
    assertThat(Thread.interrupted()).isTrue();

    end(log, new RagException(ErrorCode.CANCELLED, "CANCELLED", "interrupted"));

    assertThatThrownBy(log::answer)
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15})
  void leave_atEveryStep_takesNothingFromOtherReaders(int leaseSeconds) {
    Terms terms = new Terms(Duration.ofSeconds(leaseSeconds), 0);
    for (int step = 1; step <= 20; step++) {
      int last = step;
      AnswerLog log = log(terms);
      TestReader staying = read(log, TestReader.eager());
      TestReader leaving =
          TestReader.eager()
              .afterEach(
                  reader -> {
                    if (reader.events().size() == last) {
                      reader.leave();
                    }
                  });
      var _ = read(log, leaving);
      var _ = write(log, 20);

      assertThat(staying.rest()).hasSize(21);
      assertThat(leaving.events()).isEqualTo(staying.events().subList(0, last));
      assertThat(leaving.awaitEnd()).contains(leaving.gone);
    }
  }

  @Test
  void leave_theLastOfSeveral_stopsTheWriter() throws InterruptedException {
    AnswerLog log = log(Terms.CANCEL);
    List<TestReader> all = Stream.generate(() -> read(log, TestReader.paused())).limit(3).toList();
    Thread writer = write(log, 100);
    for (TestReader reader : all) {
      awaitWaiting(writer);
      reader.leave();
    }
    awaitStopped(log);
  }

  @Test
  void onNext_readerThatFails_isGivenUpAlone() {
    AnswerLog log = log(Terms.CANCEL);
    TestReader good = read(log, TestReader.eager());
    TestReader bad =
        TestReader.eager()
            .afterEach(
                reader -> {
                  throw new IllegalStateException("a broken transport");
                });
    var _ = read(log, bad);
    var _ = write(log, 20);

    assertThat(good.rest()).hasSize(21);
    assertThat(bad.events()).hasSize(1);
    assertThat(bad.awaitEnd().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void end_failure_isWhatEveryReaderGets() {
    AnswerLog log = recorded();
    log.append(delta("half"));
    TestReader early = read(log, TestReader.eager());
    end(log, new RagException(ErrorCode.UNAVAILABLE, "LLM_BROKE_OFF", "broke off"));

    for (TestReader reader : List.of(early, read(log, TestReader.eager()))) {
      assertThat(reader.events()).hasSize(1);
      assertThatThrownBy(reader::rest).hasMessage("broke off");
    }
  }

  @Test
  void end_readerThatIsNotReadyButHasHadAll_hearsOfIt() {
    AnswerLog log = recorded();
    log.append(completed());
    TestReader reader = read(log, TestReader.paused());
    reader.request(1);

    end(log, null);

    assertThat(reader.awaitEnd()).isEmpty();
  }
}
