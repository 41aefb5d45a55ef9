package dev.ragline.client;

import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Answers as a {@link Flow.Publisher}: every subscription asks the server anew, its demand is the
 * call's, and cancelling it cancels the call.
 */
final class AnswerPublisher implements Flow.Publisher<AnswerEvent> {
  private final Calls calls;
  private final StreamAskRequest request;

  AnswerPublisher(Calls calls, StreamAskRequest request) {
    this.calls = calls;
    this.request = request;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super AnswerEvent> subscriber) {
    Subscription subscription = new Subscription(Objects.requireNonNull(subscriber));
    subscriber.onSubscribe(subscription);
    subscription.start();
  }

  private final class Subscription
      implements Flow.Subscription, ClientResponseObserver<StreamAskRequest, StreamAskResponse> {
    private final Flow.Subscriber<? super AnswerEvent> subscriber;
    private @Nullable ClientCallStreamObserver<StreamAskRequest> call;
    private long demandBeforeStart;
    private @Nullable IllegalArgumentException illegalDemand;
    private volatile boolean cancelled;

    Subscription(Flow.Subscriber<? super AnswerEvent> subscriber) {
      this.subscriber = subscriber;
    }

    void start() {
      IllegalArgumentException illegal;
      synchronized (this) {
        illegal = illegalDemand;
        if (illegal == null && !cancelled) {
          ClientCalls.asyncServerStreamingCall(
              calls.channel().newCall(AskServiceGrpc.getStreamAskMethod(), calls.options()),
              request,
              this);
        }
      }
      if (illegal != null) {
        subscriber.onError(illegal);
      }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StreamAskRequest> stream) {
      stream.disableAutoRequestWithInitial(clamp(demandBeforeStart));
      call = stream;
    }

    @Override
    public synchronized void request(long count) {
      if (cancelled || illegalDemand != null) {
        return;
      }
      ClientCallStreamObserver<StreamAskRequest> started = call;
      if (count <= 0) {
        illegalDemand = new IllegalArgumentException("demand must be positive, not " + count);
        if (started != null) {
          started.cancel("illegal demand", null); // and onError says so, in its turn
        }
      } else if (started == null) {
        demandBeforeStart = Math.min(Integer.MAX_VALUE, demandBeforeStart + clamp(count));
      } else {
        started.request(clamp(count));
      }
    }

    @Override
    public synchronized void cancel() {
      cancelled = true;
      ClientCallStreamObserver<StreamAskRequest> started = call;
      if (started != null) {
        started.cancel("cancelled by the subscriber", null);
      }
    }

    @Override
    public void onNext(StreamAskResponse response) {
      if (!cancelled) {
        subscriber.onNext(response.getEvent());
      }
    }

    @Override
    public void onError(Throwable failure) {
      IllegalArgumentException illegal;
      synchronized (this) {
        illegal = illegalDemand;
      }
      if (!cancelled) {
        subscriber.onError(illegal == null ? calls.translate(failure) : illegal);
      }
    }

    @Override
    public void onCompleted() {
      if (!cancelled) {
        subscriber.onComplete();
      }
    }
  }

  /** No answer has as many events as an int can count. */
  private static int clamp(long demand) {
    return (int) Math.min(Integer.MAX_VALUE, demand);
  }
}
