package dev.ragline.server.answers;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.v1.AnswerEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reader that takes as many events as it has asked for, and checks that they come one by one. */
final class TestReader implements AnswerSubscriber {
  /** What it leaves with. */
  final RagException gone = new RagException(ErrorCode.CANCELLED, "CANCELLED", "gone");

  private final AtomicLong wanted;
  private final List<AnswerEvent> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Optional<RagException>> end = new CompletableFuture<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Consumer<TestReader> afterEach = reader -> {};
  private volatile @Nullable AnswerSubscription subscription;

  private TestReader(long wanted) {
    this.wanted = new AtomicLong(wanted);
  }

  /** One that takes all. */
  static TestReader eager() {
    return new TestReader(Long.MAX_VALUE / 2);
  }

  /** One that takes nothing yet. */
  static TestReader paused() {
    return new TestReader(0);
  }

  /** Does something after each event, on the thread that brought it. */
  TestReader afterEach(Consumer<TestReader> action) {
    afterEach = action;
    return this;
  }

  /** Takes so many more. */
  void request(long count) {
    wanted.addAndGet(count);
    AnswerSubscription known = subscription;
    if (known != null) {
      known.pump();
    }
  }

  /** Leaves once it has come: the answer may not have begun yet. */
  void leaveOnce() {
    while (subscription == null && !end.isDone()) {
      LockSupport.parkNanos(1000);
    }
    leave();
  }

  void leave() {
    AnswerSubscription known = subscription;
    if (known != null) {
      known.cancel(gone);
    }
  }

  List<AnswerEvent> events() {
    return List.copyOf(events);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /** Waits for the end; returns what the answer failed with. */
  Optional<RagException> awaitEnd() {
    return end.orTimeout(30, TimeUnit.SECONDS).join();
  }

  /** Takes all that comes until the answer is whole. */
  List<AnswerEvent> rest() {
    request(Long.MAX_VALUE / 4);
    awaitEnd()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return events();
  }

  @Override
  public void onSubscribe(AnswerSubscription given) {
    subscription = given;
  }

  @Override
  public boolean isReady() {
    return wanted.get() > 0;
  }

  @Override
  public void onNext(AnswerEvent event) {
    alone(
        () -> {
          wanted.decrementAndGet();
          events.add(event);
          afterEach.accept(this);
        });
  }

  @Override
  public void onError(RagException failure) {
    alone(() -> end.complete(Optional.of(failure)));
  }

  @Override
  public void onCompleted() {
    alone(() -> end.complete(Optional.empty()));
  }

  private void alone(Runnable work) {
    if (!busy.compareAndSet(false, true) || end.isDone()) {
      IllegalStateException misuse = new IllegalStateException("two at once, or behind the end");
      end.completeExceptionally(misuse);
      end.obtrudeException(misuse);
      throw misuse;
    }
    try {
      work.run();
    } finally {
      busy.set(false);
    }
  }
}
