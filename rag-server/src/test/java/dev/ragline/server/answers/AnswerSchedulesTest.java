package dev.ragline.server.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers that join, leave, resume, dawdle and cancel while an answer is written, as seeds decide:
 * all of them read the same, and nothing is left of it.
 */
@Timeout(120)
class AnswerSchedulesTest {
  private static final CorpusId FAQ = new CorpusId("Faq");
  private static final AnswersConfig CONFIG =
      new AnswersConfig(16 << 10, 24 << 10, 600, 1, 1, 15, 15, 2);

  /** What may happen to readers: cancelled, too late for the first events or for the answer. */
  private static final List<String> USUAL =
      List.of("CANCELLED", "ANSWER_NOT_HELD", "ANSWER_STOPPED", "LLM_BROKE_OFF");

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readers_comingAndGoing_readTheSameAndLeaveNothing(long seed) throws Exception {
    new Schedule(seed).run();
  }

  /** One answer and those who read it. */
  private static final class Schedule {
    private final SplittableRandom random;
    private final AtomicLong nanos = new AtomicLong();
    private final AnswerLogs logs =
        new AnswerLogs(
            CONFIG,
            AnswerArchive.NONE,
            () -> Instant.EPOCH,
            nanos::get,
            failure ->
                failure instanceof RagException known
                    ? known
                    : new RagException(ErrorCode.INTERNAL, "INTERNAL", "broken", failure),
            TestExecution.SHARED);
    private final AnswerId id = AnswerId.random(FAQ);
    private final boolean continues;
    private final boolean askerStays;
    private final boolean cancelled;
    private final boolean fails;
    private final int events;
    private final AtomicBoolean over = new AtomicBoolean();

    /** The bytes of each event, as the first who read it got them. */
    private final Map<Long, ByteString> seen = new ConcurrentHashMap<>();

    Schedule(long seed) {
      random = new SplittableRandom(seed);
      continues = random.nextBoolean();
      askerStays = random.nextInt(3) > 0;
      cancelled = random.nextInt(6) == 0;
      fails = random.nextInt(6) == 0;
      events = 1 + random.nextInt(80);
    }

    void run() throws InterruptedException, ExecutionException {
      TestReader asker = TestReader.paused();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> written = threads.submit(writing(random.split(), asker));
        Future<?> ticking = threads.submit(ticking(random.split()));
        List<Future<?>> readers = new ArrayList<>();
        readers.add(threads.submit(asking(random.split(), asker)));
        for (int i = random.nextInt(8); i > 0; i--) {
          readers.add(threads.submit(visiting(random.split())));
        }
        if (cancelled) {
          readers.add(threads.submit(cancelling(random.split())));
        }
        for (Future<?> reader : readers) {
          var _ = reader.get();
        }
        var _ = written.get();
        over.set(true);
        var _ = ticking.get();
      }
      check(asker.events(), 0);
      if (askerStays && !cancelled && !fails) {
        assertThat(asker.awaitEnd()).isEmpty();
        assertThat(asker.events().getLast().hasCompleted()).isTrue();
        assertThat(asker.events().stream().filter(event -> !event.hasHeartbeat()))
            .hasSize(events + 1);
      }
      requireNothingLeft();
    }

    private Runnable writing(SplittableRandom own, TestReader asker) {
      return () -> {
        AnswerLog log;
        try {
          log =
              continues
                  ? logs.askAndContinue(id, Call.UNLIMITED, asker)
                  : logs.ask(id, Call.UNLIMITED, asker);
        } catch (RagException e) {
          assertThat(e.reason()).isIn(USUAL);
          return;
        }
        try {
          write(log, own);
        } catch (RagException e) {
          logs.fail(log, e);
          return;
        }
        logs.complete(log);
      };
    }

    private void write(AnswerLog log, SplittableRandom own) {
      int broken = fails ? own.nextInt(events) : events;
      for (int i = 0; i < events; i++) {
        if (i == broken) {
          throw new RagException(ErrorCode.UNAVAILABLE, "LLM_BROKE_OFF", "broke off");
        }
        log.append(
            AnswerEvent.newBuilder()
                .setElapsed(Durations.fromMillis(i))
                .setTextDelta(TextDelta.newBuilder().setText("x".repeat(own.nextInt(2000))))
                .build());
        pause(own);
      }
      log.append(
          AnswerEvent.newBuilder()
              .setCompleted(Completed.newBuilder().setAnswer(Answer.newBuilder().setText("all")))
              .build());
    }

    private Runnable ticking(SplittableRandom own) {
      return () -> {
        while (!over.get()) {
          nanos.addAndGet(Duration.ofSeconds(own.nextInt(8)).toNanos());
          logs.tick();
          LockSupport.parkNanos(1000);
        }
      };
    }

    private Runnable asking(SplittableRandom own, TestReader asker) {
      return () -> {
        dawdle(own, asker, 40);
        if (askerStays) {
          asker.request(Integer.MAX_VALUE);
        } else {
          asker.leaveOnce();
        }
        expect(asker.awaitEnd());
      };
    }

    private Runnable visiting(SplittableRandom own) {
      return () -> {
        long next = 0;
        for (int visit = own.nextInt(6); visit >= 0; visit--) {
          TestReader reader = TestReader.paused();
          try {
            logs.resume(id, next - 1, Instant.MIN, reader);
          } catch (RagException e) {
            assertThat(e.reason()).isIn(USUAL);
            LockSupport.parkNanos(1000);
            continue;
          }
          dawdle(own, reader, 10);
          if (own.nextInt(4) == 0) {
            reader.request(Integer.MAX_VALUE);
          } else {
            reader.leaveOnce();
          }
          expect(reader.awaitEnd());
          check(reader.events(), next);
          next += reader.events().size();
        }
      };
    }

    private Runnable cancelling(SplittableRandom own) {
      return () -> {
        for (int i = own.nextInt(50); i > 0; i--) {
          pause(own);
        }
        try {
          logs.cancel(id);
        } catch (RagException e) {
          assertThat(e.reason()).isEqualTo("ANSWER_NOT_HELD");
        }
      };
    }

    private static void dawdle(SplittableRandom own, TestReader reader, int most) {
      for (int i = own.nextInt(most); i > 0; i--) {
        reader.request(own.nextInt(4));
        pause(own);
      }
    }

    private static void pause(SplittableRandom own) {
      for (int i = own.nextInt(4); i > 0; i--) {
        LockSupport.parkNanos(1000);
      }
    }

    private static void expect(Optional<RagException> end) {
      end.ifPresent(failure -> assertThat(failure.reason()).isIn(USUAL));
    }

    private void check(List<AnswerEvent> read, long first) {
      for (int i = 0; i < read.size(); i++) {
        AnswerEvent event = read.get(i);
        assertThat(event.getSequence()).as("sequences are dense").isEqualTo(first + i);
        assertThat(event.hasCompleted() && i < read.size() - 1).as("early end").isFalse();
        ByteString bytes = event.toByteString();
        assertThat(seen.computeIfAbsent(first + i, _ -> bytes)).isEqualTo(bytes);
      }
    }

    private void requireNothingLeft() throws InterruptedException {
      assertThat(logs.awaitNone(Duration.ofSeconds(30))).isTrue();
      assertThat(logs.running()).isZero();
      logs.forget(FAQ);
      assertThat(logs.usedBytes()).isZero();
      for (int i = 0; i < CONFIG.maxContinued(); i++) {
        var _ = logs.askAndContinue(AnswerId.random(FAQ), Call.UNLIMITED, TestReader.eager());
      }
    }
  }
}
