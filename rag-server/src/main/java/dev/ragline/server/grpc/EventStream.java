package dev.ragline.server.grpc;

import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.server.answers.AnswerSubscriber;
import dev.ragline.server.answers.AnswerSubscription;
import dev.ragline.v1.AnswerEvent;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * A call that an answer's events are sent to. At first a thread looks for the answer, or begins it;
 * what the caller cancels then is that thread. Once it has subscribed, what the caller cancels is
 * the subscription: the thread may write for others, too. Nothing here waits.
 *
 * @param <R> the call's messages
 */
final class EventStream<R> implements AnswerSubscriber {
  private final ServerCallStreamObserver<R> call;
  private final Function<AnswerEvent, R> message;
  private final AtomicReference<State> state = new AtomicReference<>(new Starting(() -> {}));

  private sealed interface State {}

  /** The answer is looked for. */
  private record Starting(Runnable interrupt) implements State {}

  /** Events come. */
  private record Subscribed(AnswerSubscription subscription) implements State {}

  /** The caller went away before anything came. */
  private record Left(RagException failure) implements State {}

  /** To be made before gRPC's first callback returns. */
  EventStream(ServerCallStreamObserver<R> call, Function<AnswerEvent, R> message) {
    this.call = call;
    this.message = message;
    call.setOnReadyThreshold(ReadyGate.WAITING_BYTES);
    call.setOnReadyHandler(this::pump);
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }

  private void pump() {
    if (state.get() instanceof Subscribed(var subscription)) {
      subscription.pump();
    }
  }

  /** Names the thread that will look for the answer. */
  void startedBy(Thread thread) {
    state.set(new Starting(thread::interrupt));
  }

  /** Looks for the answer and subscribes to it, or says why not. */
  void start(Call context, BiConsumer<Call, EventStream<R>> work) {
    try (var _ = MDC.putCloseable("trace", context.trace().hex())) {
      work.accept(context, this);
    } catch (RuntimeException | Error e) {
      switch (state()) {
        case Subscribed(var subscription) -> subscription.cancel(Statuses.describe(e));
        case Left(var failure) -> onError(failure);
        case Starting _ -> call.onError(Statuses.of(e));
      }
    }
  }

  /** The caller waits no more. */
  void leave(RagException failure) {
    switch (state()) {
      case Subscribed(var subscription) -> subscription.cancel(failure);
      case Left _ -> {}
      case Starting before -> {
        if (state.compareAndSet(before, new Left(failure))) {
          before.interrupt().run();
        } else {
          leave(failure);
        }
      }
    }
  }

  @Override
  public void onSubscribe(AnswerSubscription subscription) {
    State before = state.get();
    if (before instanceof Starting && state.compareAndSet(before, new Subscribed(subscription))) {
      return;
    }
    throw state.get() instanceof Left(var failure)
        ? failure
        : new IllegalStateException("a stream follows one answer");
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void onNext(AnswerEvent event) {
    call.onNext(message.apply(event));
  }

  @Override
  public void onError(RagException failure) {
    call.onError(Statuses.of(failure));
  }

  @Override
  public void onCompleted() {
    call.onCompleted();
  }
}
