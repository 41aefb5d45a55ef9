package dev.ragline.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ComputePoolTest {
  private final ComputePool pool = new ComputePool(2);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() throws InterruptedException {
    pool.close();
    callers.shutdownNow();
    assertThat(pool.awaitIdle(Duration.ofSeconds(30))).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Holds both cores with pieces of a batch until the latch opens. */
  private List<Future<Boolean>> hold(CountDownLatch until) {
    CountDownLatch begun = new CountDownLatch(2);
    List<Future<Boolean>> held = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      held.add(
          callers.submit(
              () ->
                  pool.run(
                      "hold",
                      Call.UNLIMITED.at(Priority.BATCH),
                      () -> {
                        begun.countDown();
                        await(until);
                        return true;
                      })));
    }
    await(begun);
    return held;
  }

  @Test
  void run_work_runsOnAThreadOfThePoolAndOnceInsideStaysThere() {
    Thread outer = pool.run("a", Call.UNLIMITED, Thread::currentThread);
    assertThat(outer.getName()).startsWith("interactive-");
    List<Thread> nested =
        pool.run(
            "a",
            Call.UNLIMITED,
            () ->
                List.of(
                    Thread.currentThread(), pool.run("b", Call.UNLIMITED, Thread::currentThread)));
    assertThat(nested.getFirst()).isSameAs(nested.getLast());
  }

  @Test
  void run_failure_isTheWorksOwn() {
    IllegalStateException failure = new IllegalStateException("broken");
    assertThatThrownBy(
            () ->
                pool.run(
                    "a",
                    Call.UNLIMITED,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void run_questionWhilePiecesHoldAllCores_isNotKeptWaiting() {
    CountDownLatch until = new CountDownLatch(1);
    List<Future<Boolean>> held = hold(until);
    assertThat(pool.run("question", Call.UNLIMITED, () -> 7)).isEqualTo(7);
    assertThat(held).noneMatch(Future::isDone);
    until.countDown();
  }

  @Test
  void run_deadlinePassesInTheQueue_isNotBegun() {
    CountDownLatch until = new CountDownLatch(1);
    hold(until);
    AtomicBoolean begun = new AtomicBoolean();
    RagException late =
        catchThrowableOfType(
            RagException.class,
            () ->
                pool.run(
                    "embed",
                    Call.within(Duration.ofMillis(20)).at(Priority.BATCH),
                    () -> begun.getAndSet(true)));
    assertThat(late.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(pool.waiting(Priority.BATCH)).isZero();
    until.countDown();
    assertThat(pool.run("after", Call.UNLIMITED.at(Priority.BATCH), () -> 1)).isEqualTo(1);
    assertThat(begun).isFalse();
  }

  @Test
  void run_callerInterrupted_interruptsTheWorkAndWaitsForItsEnd() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean endedBefore = new AtomicBoolean();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  RagException cancelled =
                      catchThrowableOfType(
                          RagException.class,
                          () ->
                              pool.run(
                                  "embed",
                                  Call.UNLIMITED,
                                  () -> {
                                    begun.countDown();
                                    while (!Thread.currentThread().isInterrupted()) {
                                      Thread.onSpinWait();
                                    }
                                    ended.set(true);
                                    return 1;
                                  }));
                  endedBefore.set(ended.get() && cancelled.code() == ErrorCode.CANCELLED);
                });
    await(begun);
    caller.interrupt();
    caller.join();
    assertThat(endedBefore).isTrue();
    boolean interrupted = pool.run("next", Call.UNLIMITED, Thread::interrupted);
    assertThat(interrupted).as("the next task is not interrupted").isFalse();
  }

  @Test
  void map_manyInputs_keepsOrderAndUsesNoMoreThanTheCores() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> inputs = IntStream.range(0, 500).boxed().toList();
    List<Integer> squares =
        pool.map(
            "square",
            inputs,
            i -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              running.decrementAndGet();
              return i * i;
            },
            Call.UNLIMITED.at(Priority.BATCH));
    assertThat(squares).isEqualTo(inputs.stream().map(i -> i * i).toList());
    assertThat(most.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void map_failure_endsTheRest() {
    AtomicInteger begun = new AtomicInteger();
    assertThatThrownBy(
            () ->
                pool.map(
                    "a",
                    Collections.nCopies(1000, 0),
                    i -> {
                      if (begun.incrementAndGet() == 5) {
                        throw new IllegalStateException("fifth");
                      }
                      return i;
                    },
                    Call.UNLIMITED))
        .hasMessage("fifth");
    assertThat(begun.get()).isLessThan(20);
  }

  @Test
  void map_withinThePool_usesAFreeCoreToo() {
    CyclicBarrier both = new CyclicBarrier(2);
    List<Integer> results =
        pool.run(
            "outer",
            Call.UNLIMITED,
            () ->
                pool.map(
                    "inner",
                    List.of(1, 2),
                    i -> {
                      try {
                        both.await(30, TimeUnit.SECONDS);
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                      return i;
                    },
                    Call.UNLIMITED));
    assertThat(results).containsExactly(1, 2);
  }

  @Test
  void both_noFreeCore_runsOneAfterTheOther() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    hold(until);
    var both = pool.both("a", Call.UNLIMITED, Thread::currentThread, Thread::currentThread);
    assertThat(both.first()).isSameAs(both.second());
    until.countDown();
  }

  @Test
  void both_firstFails_waitsForTheSecond() {
    AtomicInteger running = new AtomicInteger();
    for (int i = 0; i < 200; i++) {
      assertThatThrownBy(
              () ->
                  pool.both(
                      "a",
                      Call.UNLIMITED,
                      () -> {
                        throw new IllegalStateException("first");
                      },
                      () -> {
                        running.incrementAndGet();
                        Thread.onSpinWait();
                        return running.decrementAndGet();
                      }))
          .hasMessage("first");
      assertThat(running).hasValue(0);
    }
  }

  /** A health check, a refusal and a question get a core at once while documents are embedded. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void run_batch_leavesTheCoresToOthers() {
    int own = niceness();
    assertThat(pool.run("a", Call.UNLIMITED, ComputePoolTest::niceness)).isEqualTo(own);
    int batch = pool.run("a", Call.UNLIMITED.at(Priority.BATCH), ComputePoolTest::niceness);
    assertThat(batch).isEqualTo(Math.max(own, 5));
    assertThat(niceness()).isEqualTo(own);
  }

  /** Of this thread, see proc_pid_stat(5). */
  private static int niceness() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String afterName = stat.substring(stat.lastIndexOf(')') + 2);
      return Integer.parseInt(afterName.split(" ", -1)[16]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void close_whileBatchesWaitForCores_allAreDone() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    List<Future<Boolean>> held = hold(until);
    List<Future<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(
          callers.submit(() -> pool.run("b", Call.UNLIMITED.at(Priority.BATCH), () -> true)));
    }
    Awaitility.await().until(() -> pool.waiting(Priority.BATCH) == waiting.size());
    pool.close();
    until.countDown();
    for (Future<Boolean> task : held) {
      assertThat(task.get(30, TimeUnit.SECONDS)).isTrue();
    }
    for (Future<Boolean> task : waiting) {
      assertThat(task.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void close_refusesNewWork() {
    pool.close();
    RagException refused =
        catchThrowableOfType(RagException.class, () -> pool.run("a", Call.UNLIMITED, () -> 1));
    assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(refused.reason()).isEqualTo("SERVER_STOPPING");
  }

  /** Callers of all kinds that give up at any moment: nothing is lost, nothing runs on. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void run_callersThatGiveUpAtAnyMoment_leaveNothingBehind(long seed) throws Exception {
    Random random = new Random(seed);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int number = i;
      Priority priority = random.nextBoolean() ? Priority.BATCH : Priority.INTERACTIVE;
      CorpusId corpus = new CorpusId("c" + random.nextInt(4));
      Call call = Call.UNLIMITED.at(priority).on(corpus);
      Call limited =
          random.nextInt(3) == 0 ? call.atMost(Duration.ofNanos(random.nextInt(2_000_000))) : call;
      int kind = random.nextInt(3);
      int spins = random.nextInt(2000);
      all.add(
          callers.submit(
              () -> {
                try {
                  int result = work(kind, number, spins, limited, running);
                  if (result != number) {
                    wrong.incrementAndGet();
                  }
                } catch (RagException e) {
                  if (e.code() != ErrorCode.CANCELLED && e.code() != ErrorCode.DEADLINE_EXCEEDED) {
                    wrong.incrementAndGet();
                  }
                }
              }));
      if (random.nextInt(4) == 0) {
        all.get(random.nextInt(all.size())).cancel(true);
      }
    }
    callers.shutdown();
    assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(wrong).as("seed " + seed).hasValue(0);
    assertThat(running).as("seed " + seed).hasValue(0);
    ComputeStats stats = pool.stats();
    assertThat(stats.waitingBatch() + stats.waitingInteractive()).isZero();
    assertThat(stats.threads()).isLessThanOrEqualTo(4);
  }

  private int work(int kind, int number, int spins, Call call, AtomicInteger running) {
    return switch (kind) {
      case 0 -> pool.run("run", call, () -> spin(number, spins, running));
      case 1 ->
          pool.map("map", List.of(1, 2, 3, 4), i -> spin(number, spins, running), call).getFirst();
      default ->
          pool.both(
                  "both",
                  call,
                  () -> spin(number, spins, running),
                  () -> spin(number, spins, running))
              .second();
    };
  }

  private static int spin(int number, int spins, AtomicInteger running) {
    running.incrementAndGet();
    try {
      for (int i = 0; i < spins; i++) {
        Thread.onSpinWait();
      }
      return number;
    } finally {
      running.decrementAndGet();
    }
  }
}
