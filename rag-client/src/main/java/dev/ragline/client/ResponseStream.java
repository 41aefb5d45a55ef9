package dev.ragline.client;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A server's stream as an iterator for one thread. At most {@value #PREFETCH} messages wait to be
 * taken; a consumer that pauses so pauses the server. Any thread may close.
 */
final class ResponseStream<Q, R> implements Iterator<R>, AutoCloseable {
  private static final int PREFETCH = 16;

  /** A message, a failure, or with neither the end. */
  private record Signal<R>(@Nullable R value, @Nullable Throwable failure) {}

  private final Calls calls;
  // Bounded by what was requested of the server, plus the last signal.
  private final BlockingQueue<Signal<R>> arrived = new LinkedBlockingQueue<>();
  private final Receiver receiver = new Receiver();
  private @Nullable Signal<R> head;

  private ResponseStream(Calls calls) {
    this.calls = calls;
  }

  static <Q, R> ResponseStream<Q, R> open(
      Calls calls, MethodDescriptor<Q, R> method, CallOptions options, Q request) {
    ResponseStream<Q, R> stream = new ResponseStream<>(calls);
    ClientCalls.asyncServerStreamingCall(
        calls.channel().newCall(method, options), request, stream.receiver);
    return stream;
  }

  @Override
  public boolean hasNext() {
    Signal<R> signal = peek();
    Throwable failure = signal.failure();
    if (failure != null) {
      throw calls.translate(failure);
    }
    return signal.value() != null;
  }

  @Override
  public R next() {
    R value = hasNext() ? peek().value() : null;
    if (value == null) {
      throw new NoSuchElementException();
    }
    head = null;
    receiver.request(1);
    return value;
  }

  /** Cancels the call where it has not ended; whoever still waits for a message gets CANCELLED. */
  @Override
  public void close() {
    receiver.cancel("closed by the caller");
  }

  private Signal<R> peek() {
    Signal<R> signal = head;
    if (signal == null) {
      try {
        signal = arrived.take();
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw RagClientException.cancelled("interrupted while waiting for the server");
      }
      head = signal;
    }
    return signal;
  }

  private final class Receiver implements ClientResponseObserver<Q, R> {
    private @Nullable ClientCallStreamObserver<Q> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
      stream.disableAutoRequestWithInitial(PREFETCH);
      call = stream;
    }

    void request(int count) {
      ClientCallStreamObserver<Q> started = call;
      if (started != null) {
        started.request(count);
      }
    }

    void cancel(String why) {
      ClientCallStreamObserver<Q> started = call;
      if (started != null) {
        started.cancel(why, null);
      }
    }

    @Override
    public void onNext(R value) {
      arrived.add(new Signal<>(value, null));
    }

    @Override
    public void onError(Throwable failure) {
      arrived.add(new Signal<>(null, failure));
    }

    @Override
    public void onCompleted() {
      arrived.add(new Signal<>(null, null));
    }
  }
}
