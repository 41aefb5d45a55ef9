package dev.ragline.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.upstream.Turnstile.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static Place enter(Turnstile turnstile) {
    return turnstile.enter(Priority.INTERACTIVE).orElseThrow();
  }

  private static int places(Turnstile turnstile) {
    List<Place> taken = new ArrayList<>();
    for (var place = turnstile.enter(Priority.INTERACTIVE);
        place.isPresent();
        place = turnstile.enter(Priority.INTERACTIVE)) {
      taken.add(place.get());
    }
    taken.forEach(Place::left);
    return taken.size();
  }

  @Test
  void enter_full_isRefused() {
    Turnstile turnstile = new Turnstile(2);
    enter(turnstile);
    Place second = enter(turnstile);

    assertThat(turnstile.enter(Priority.INTERACTIVE)).isEmpty();
    second.left();
    assertThat(turnstile.enter(Priority.INTERACTIVE)).isPresent();
  }

  @Test
  void refused_lowersTheLimit_servedRaisesIt() {
    Turnstile turnstile = new Turnstile(20);
    for (int i = 0; i < 10; i++) {
      enter(turnstile).refused();
    }
    int low = places(turnstile);
    assertThat(low).isBetween(1, 10);

    List<Place> all = new ArrayList<>();
    for (int i = 0; i < low; i++) {
      all.add(enter(turnstile));
    }
    all.forEach(Place::served);
    assertThat(places(turnstile)).isGreaterThan(low);
  }

  @Test
  void refused_forEver_leavesOnePlace() {
    Turnstile turnstile = new Turnstile(256);
    for (int i = 0; i < 1000; i++) {
      enter(turnstile).refused();
    }

    assertThat(places(turnstile)).isEqualTo(1);
  }

  @Test
  void enter_waits_untilSomebodyLeaves() throws Exception {
    Turnstile turnstile = new Turnstile(1);
    Place taken = enter(turnstile);
    CompletableFuture<Place> waiting = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () ->
                    waiting.complete(
                        turnstile.enter(LONG, Call.UNLIMITED, "generate").orElseThrow()));
    awaitBlocked(thread);

    taken.served();

    assertThat(waiting.get()).isNotNull();
  }

  @Test
  void enter_interrupted_isCancelledAndTakesNoPlace() throws Exception {
    Turnstile turnstile = new Turnstile(1);
    Place taken = enter(turnstile);
    CompletableFuture<RagException> failure = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () ->
                    failure.complete(
                        catchThrowableOfType(
                            RagException.class,
                            () -> turnstile.enter(LONG, Call.UNLIMITED, "generate"))));
    awaitBlocked(thread);

    thread.interrupt();

    assertThat(failure.get().code()).isEqualTo(ErrorCode.CANCELLED);
    taken.left();
    assertThat(places(turnstile)).isEqualTo(1);
  }

  @Test
  void enter_deadlinePasses_isDeadlineExceeded() {
    Turnstile turnstile = new Turnstile(1);
    enter(turnstile);

    RagException failure =
        catchThrowableOfType(
            RagException.class,
            () -> turnstile.enter(LONG, Call.within(Duration.ofMillis(20)), "generate"));

    assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
  }

  @Test
  void enter_queueIsTooLong_isEmpty() {
    Turnstile turnstile = new Turnstile(1);
    enter(turnstile);

    assertThat(turnstile.enter(Duration.ofMillis(20), Call.UNLIMITED, "generate")).isEmpty();
    assertThat(turnstile.enter(Duration.ZERO, Call.UNLIMITED, "generate")).isEmpty();
  }

  @Test
  void enter_many_neverMoreThanTheLimitAndAllGetIn() throws Exception {
    Turnstile turnstile = new Turnstile(7);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int turn = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    Place place = turnstile.enter(LONG, Call.UNLIMITED, "generate").orElseThrow();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    if (turn % 2 == 0) {
                      place.served();
                    } else {
                      place.left();
                    }
                  }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(LONG)).isTrue();
    }

    assertThat(most.get()).isBetween(1, 7);
    assertThat(places(turnstile)).isEqualTo(7);
  }

  private static void awaitBlocked(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }
}
