package dev.ragline.client;

import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.StreamAskRequest;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers as a {@link Flow.Publisher}: every subscription asks the server anew, its demand is the
 * call's, and cancelling it stops the answer. A stream that breaks goes on as {@link Resuming}
 * says.
 */
final class AnswerPublisher implements Flow.Publisher<AnswerEvent> {
  private final Calls calls;
  private final OpenAnswers open;
  private final Resuming resuming;
  private final StreamAskRequest request;

  AnswerPublisher(Calls calls, OpenAnswers open, Resuming resuming, StreamAskRequest request) {
    this.calls = calls;
    this.open = open;
    this.resuming = resuming;
    this.request = request;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super AnswerEvent> subscriber) {
    Subscription subscription = new Subscription(Objects.requireNonNull(subscriber));
    subscriber.onSubscribe(subscription);
    subscription.start();
  }

  private final class Subscription
      implements Flow.Subscription, AnswerProgress.Opener<AnswerPublisher.Subscription.Call<?, ?>> {
    private final Flow.Subscriber<? super AnswerEvent> subscriber;
    private final CallOptions options = calls.options();
    private final AnswerProgress progress =
        AnswerProgress.asking(request, resuming, System::nanoTime);
    private @Nullable Call<?, ?> call;

    /** What was asked for and has not come. */
    private long demand;

    private @Nullable IllegalArgumentException illegalDemand;
    private volatile boolean cancelled;

    Subscription(Flow.Subscriber<? super AnswerEvent> subscriber) {
      this.subscriber = subscriber;
    }

    /** Makes the call with which the answer begins or goes on. */
    void start() {
      IllegalArgumentException illegal;
      synchronized (this) {
        illegal = illegalDemand;
        if (illegal == null && !cancelled) {
          open.add(this, this::stop);
          var unused = progress.open(this);
        }
      }
      if (illegal != null) {
        subscriber.onError(illegal);
      }
    }

    @Override
    public <Q, R> Call<Q, R> open(
        MethodDescriptor<Q, R> method, Q question, Function<R, AnswerEvent> event) {
      Call<Q, R> next = new Call<>(event);
      call = next;
      ClientCalls.asyncServerStreamingCall(
          calls.channel().newCall(method, next.delivery.watched(options)), question, next);
      return next;
    }

    @Override
    public synchronized void request(long count) {
      if (cancelled || illegalDemand != null) {
        return;
      }
      Call<?, ?> started = call;
      if (count <= 0) {
        illegalDemand = new IllegalArgumentException("demand must be positive, not " + count);
        if (started != null) {
          started.cancel("illegal demand"); // and onError says so, in its turn
        }
        return;
      }
      demand = Math.min(Integer.MAX_VALUE, demand + clamp(count));
      if (started != null) {
        started.request(clamp(count));
      }
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      Call<?, ?> started = call;
      if (started != null) {
        stop();
        started.cancel("cancelled by the subscriber");
      }
    }

    private synchronized void stop() {
      open.remove(this);
      if (progress.mustBeStopped()) {
        open.stop(progress.answer());
      }
    }

    /** One call of the answer's stream. */
    private final class Call<Q, R> implements ClientResponseObserver<Q, R> {
      private final Function<R, AnswerEvent> event;
      private @Nullable ClientCallStreamObserver<Q> stream;
      private final Delivery delivery = new Delivery();

      Call(Function<R, AnswerEvent> event) {
        this.event = event;
      }

      @Override
      public void beforeStart(ClientCallStreamObserver<Q> started) {
        started.disableAutoRequestWithInitial((int) demand);
        stream = started;
      }

      void request(int count) {
        Objects.requireNonNull(stream).request(count);
      }

      void cancel(String why) {
        Objects.requireNonNull(stream).cancel(why, null);
      }

      @Override
      public void onNext(R response) {
        AnswerEvent next = event.apply(response);
        synchronized (Subscription.this) {
          if (cancelled) {
            return;
          }
          demand--;
          var unused = progress.received(next);
        }
        subscriber.onNext(next);
      }

      @Override
      public void onError(Throwable thrown) {
        RagClientException failure = calls.translate(thrown);
        Throwable last;
        boolean ended;
        synchronized (Subscription.this) {
          if (cancelled) {
            return;
          }
          IllegalArgumentException illegal = illegalDemand;
          ended = illegal == null && progress.isEndedBy(failure);
          last = ended ? null : illegal == null ? goOn(failure, delivery.isSent()) : illegal;
          if (last != null) {
            cancelled = true;
            stop();
          }
        }
        if (ended) {
          onCompleted();
        } else if (last != null) {
          subscriber.onError(last);
        }
      }

      @Override
      public void onCompleted() {
        open.remove(Subscription.this);
        if (!cancelled) {
          subscriber.onComplete();
        }
      }
    }

    /** Calls again after a pause, or returns what the subscriber is to be told. */
    private @Nullable RagClientException goOn(RagClientException failure, boolean delivered) {
      Duration pause;
      if (calls.channel().isShutdown()) {
        return failure;
      }
      try {
        pause = progress.afterFailure(failure, delivered);
      } catch (RagClientException last) {
        return last;
      }
      calls.channel().resetConnectBackoff();
      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::start);
      return null;
    }
  }

  /** No answer has as many events as an int can count. */
  private static int clamp(long demand) {
    return (int) Math.min(Integer.MAX_VALUE, demand);
  }
}
