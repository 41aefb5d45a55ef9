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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerLogTest {
  private static final AnswerId ID = AnswerId.random(new CorpusId("Faq"));
  private static final int LIMIT = 16 << 10;

  private final AnswerMemory memory = new AnswerMemory(1 << 20);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger written = new AtomicInteger();

  private AnswerLog log(Pace pace) {
    return log(pace, LIMIT);
  }

  private AnswerLog log(Pace pace, int limit) {
    return new AnswerLog(
        new EventWindow(ID),
        pace,
        Instant.EPOCH,
        new LogLimits(limit, TimeUnit.SECONDS.toNanos(15)),
        memory,
        nanos::get);
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
    Thread writer =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  try {
                    for (int i = 0; i < events; i++) {
                      log.append(delta("x".repeat(1024)));
                      written.incrementAndGet();
                    }
                    log.append(completed());
                    log.end(null);
                  } catch (RagException e) {
                    log.end(e);
                  }
                });
    log.writtenBy(writer);
    writer.start();
    return writer;
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(thread.isAlive()).isTrue();
      LockSupport.parkNanos(100_000);
    }
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

  @Test
  void take_events_areNumberedAndBearTheLogsName() {
    AnswerLog log = log(Pace.FREE);
    log.append(delta("a"));
    log.append(completed());
    log.end(null);

    List<AnswerEvent> events = rest(log.read(-1));

    assertThat(events).extracting(AnswerEvent::getSequence).containsExactly(0L, 1L);
    assertThat(events).extracting(AnswerEvent::getAnswer).containsOnly(ID.resourceName());
    assertThat(events.getFirst().getElapsed()).isEqualTo(Durations.fromMillis(3));
    Answer answer = log.last().getCompleted().getAnswer();
    assertThat(answer.getName()).isEqualTo(ID.resourceName());
    assertThat(answer.getAnswerSha256()).isEqualTo(AnswerDigest.of(answer));
  }

  @Test
  void read_behindEverySequence_givesTheRestByteForByte() {
    AnswerLog log = log(Pace.FREE);
    for (String text : List.of("Ä", "b", "c", "\uD83D\uDE00")) {
      log.append(delta(text));
    }
    log.append(completed());
    log.end(null);
    List<byte[]> all = rest(log.read(-1)).stream().map(AnswerEvent::toByteArray).toList();

    for (int after = -1; after < all.size(); after++) {
      int from = after + 1;
      if (from == all.size()) {
        assertThat(rest(log.read(after))).isEmpty();
      } else {
        List<byte[]> rest = rest(log.read(after)).stream().map(AnswerEvent::toByteArray).toList();
        assertThat(rest).usingRecursiveComparison().isEqualTo(all.subList(from, all.size()));
      }
    }
    assertThatThrownBy(() -> log.read(5))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void append_atTheReadersPace_isOneEventAhead() {
    AnswerLog log = log(Pace.READER);
    AnswerReader reader = log.read(-1);
    Thread writer = write(log, 100);

    for (int taken = 0; taken < 100; taken++) {
      awaitWaiting(writer);
      assertThat(written.get()).isBetween(taken - 1, taken + 1);
      assertThat(reader.next(Call.UNLIMITED)).isNotNull();
    }
    assertThat(rest(reader)).hasSize(1);
  }

  @Test
  void append_logIsFull_waitsForTheReaderAndLosesNothing() {
    AnswerLog log = log(Pace.LOG);
    AnswerReader reader = log.read(-1);
    Thread writer = write(log, 100);

    awaitWaiting(writer);
    assertThat(written.get()).isBetween(10, LIMIT / 1024);
    assertThat(memory.usedBytes()).isEqualTo(log.heldBytes()).isLessThanOrEqualTo(LIMIT);
    assertThat(rest(reader))
        .extracting(AnswerEvent::getSequence)
        .containsExactlyElementsOf(LongStream.range(0, 101).boxed().toList());
  }

  @Test
  void append_readerIsSlowAndThenGone_isAheadByLittleAndThenByTheWholeLog() {
    AnswerLog log = log(Pace.LOG, 4 * LIMIT);
    AnswerReader reader = log.read(-1);
    Thread writer = write(log, 100);
    awaitWaiting(writer);
    assertThat(log.heldBytes()).isBetween(LIMIT / 2L, LIMIT + 2048L);

    reader.close();
    while (log.heldBytes() < 3 * LIMIT) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(rest(log.read(-1))).hasSize(101);
  }

  @Test
  void append_logIsFullAndNobodyReads_waitsForTheNextReader() {
    AnswerLog log = log(Pace.LOG);
    log.read(-1).close();
    Thread writer = write(log, 100);
    awaitWaiting(writer);

    assertThat(rest(log.read(-1))).hasSize(101);
  }

  @Test
  void append_memoryIsFull_holdsOneEventAtLeast() {
    AnswerLog log =
        new AnswerLog(
            new EventWindow(ID),
            Pace.LOG,
            Instant.EPOCH,
            new LogLimits(LIMIT, Long.MAX_VALUE),
            new AnswerMemory(0),
            nanos::get);
    AnswerReader reader = log.read(-1);
    var _ = write(log, 50);

    assertThat(rest(reader)).hasSize(51);
  }

  @Test
  void read_eventsThatAreGone_isNotHeld() {
    AnswerLog log = log(Pace.FREE);
    for (int i = 0; i < 100; i++) {
      log.append(delta("x".repeat(1024)));
    }
    log.append(completed());
    log.end(null);

    assertThatThrownBy(() -> log.read(-1))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("ANSWER_NOT_HELD"));
    assertThat(rest(log.read(98))).hasSize(2);
    assertThat(log.last().hasCompleted()).isTrue();
  }

  @Test
  void take_silence_givesAllReadersOneHeartbeatWithANumber() {
    AnswerLog log = log(Pace.LOG);
    AnswerReader first = log.read(-1);
    AnswerReader second = log.read(-1);
    log.append(delta("a"));
    assertThat(first.next(Call.UNLIMITED)).isNotNull();
    assertThat(second.next(Call.UNLIMITED)).isNotNull();
    nanos.set(TimeUnit.SECONDS.toNanos(16));

    AnswerEvent heartbeat = Objects.requireNonNull(first.next(Call.UNLIMITED));

    assertThat(heartbeat.hasHeartbeat()).isTrue();
    assertThat(heartbeat.getSequence()).isEqualTo(1);
    assertThat(heartbeat.getElapsed()).isEqualTo(Durations.fromMillis(16_003));
    assertThat(second.next(Call.UNLIMITED)).isEqualTo(heartbeat);
    log.append(delta("b"));
    assertThat(first.next(Call.UNLIMITED))
        .isNotNull()
        .satisfies(event -> assertThat(event.getSequence()).isEqualTo(2));
  }

  @Test
  void take_silenceBeforeTheFirstEventOrBehindTheLast_givesNone() {
    AnswerLog log = log(Pace.LOG);
    AnswerReader reader = log.read(-1);
    nanos.set(TimeUnit.SECONDS.toNanos(100));
    assertThatThrownBy(() -> reader.next(Call.within(Duration.ofMillis(20))))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));

    log.append(completed());
    AnswerReader other = log.read(0);
    nanos.set(TimeUnit.SECONDS.toNanos(200));
    assertThatThrownBy(() -> other.next(Call.within(Duration.ofMillis(20))))
        .isInstanceOf(RagException.class);
  }

  @Test
  void stop_whileWritten_tellsReadersBehindWhatIsHeld() {
    AnswerLog log = log(Pace.LOG);
    AnswerReader reader = log.read(-1);
    Thread writer = write(log, 100);
    awaitWaiting(writer);

    log.stop();

    for (int held = written.get(); held > 0; held--) {
      assertThat(reader.next(Call.UNLIMITED)).isNotNull();
    }
    assertThatThrownBy(() -> reader.next(Call.UNLIMITED))
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.ABORTED);
              assertThat(e.reason()).isEqualTo("ANSWER_STOPPED");
            });
    assertThatThrownBy(log::last).hasMessageContaining("stopped");
  }

  @Test
  void close_readerWhosePaceItIs_stopsTheWriter() {
    AnswerLog log = log(Pace.READER);
    AnswerReader reader = log.read(-1);
    var _ = write(log, 100);
    assertThat(reader.next(Call.UNLIMITED)).isNotNull();

    reader.close();

    assertThatThrownBy(log::last).hasMessageContaining("stopped");
  }

  @Test
  void close_readerWhosePlaceAnotherTook_leavesTheWriterAlone() {
    AnswerLog log = log(Pace.READER);
    AnswerReader broken = log.read(-1);
    var _ = write(log, 100);
    assertThat(broken.next(Call.UNLIMITED)).isNotNull();
    AnswerReader other = log.read(0);

    broken.close();

    assertThat(rest(other)).hasSize(100);
  }

  @Test
  void next_interruptedReader_stopsTheWriterAndThrowsCancelled() {
    AnswerLog log = log(Pace.READER);
    AnswerReader reader = log.read(-1);
    Thread writer =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  LockSupport.park();
                  log.end(new RagException(ErrorCode.CANCELLED, "CANCELLED", "interrupted"));
                });
    log.writtenBy(writer);
    writer.start();
    CompletableFuture<RagException> thrown = new CompletableFuture<>();
    Thread reading =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    var _ = reader.next(Call.UNLIMITED);
                  } catch (RagException e) {
                    thrown.complete(e);
                  }
                });
    awaitWaiting(reading);

    reading.interrupt();

    assertThat(thrown.join().code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void end_failure_isWhatEveryReaderGets() {
    AnswerLog log = log(Pace.LOG);
    log.append(delta("half"));
    log.end(new RagException(ErrorCode.UNAVAILABLE, "LLM_BROKE_OFF", "broke off"));

    for (int i = 0; i < 2; i++) {
      AnswerReader reader = log.read(-1);
      assertThat(reader.next(Call.UNLIMITED)).isNotNull();
      assertThatThrownBy(() -> reader.next(Call.UNLIMITED)).hasMessage("broke off");
    }
  }
}
