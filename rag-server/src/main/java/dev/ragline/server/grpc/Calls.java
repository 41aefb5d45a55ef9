package dev.ragline.server.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import dev.ragline.document.Deadline;
import dev.ragline.server.config.ServerConfig;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs each call on a virtual thread of its own, so that it may block, and interrupts the thread
 * when the caller cancels or the deadline passes. gRPC's own callbacks never block: they must be
 * free to deliver the cancel.
 */
final class Calls {
  private final Duration longest;

  @Inject
  Calls(ServerConfig config) {
    this.longest = Duration.ofSeconds(config.maxCallSeconds());
  }

  /** Answers with one message. */
  <R> void unary(StreamObserver<R> observer, Function<Deadline, R> work) {
    answer(prepare(observer), work);
  }

  /** Answers with a stream; {@code send} waits until the caller can take more. */
  <R> void streaming(StreamObserver<R> observer, StreamingWork<R> work) {
    ServerCallStreamObserver<R> call = prepare(observer);
    ReadyGate<R> gate = new ReadyGate<>(call);
    start(call, deadline -> work.run(deadline, message -> gate.send(message, deadline)));
  }

  /** The work of a streaming call. */
  @FunctionalInterface
  interface StreamingWork<R> {
    void run(Deadline deadline, Consumer<R> send);
  }

  /**
   * Makes a call safe to answer after it was cancelled; must happen before gRPC's first callback
   * returns.
   */
  <R> ServerCallStreamObserver<R> prepare(StreamObserver<R> observer) {
    ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) observer;
    // With a handler set, messages to a caller that went away are dropped instead of thrown back.
    call.setOnCancelHandler(() -> {});
    return call;
  }

  /** Answers a prepared call with one message. */
  <R> void answer(ServerCallStreamObserver<R> call, Function<Deadline, R> work) {
    start(call, deadline -> call.onNext(work.apply(deadline)));
  }

  private <R> void start(ServerCallStreamObserver<R> call, Consumer<Deadline> work) {
    Context context = Context.current();
    Deadline deadline = Deadline.after(timeLeft(context));
    Thread thread =
        Thread.ofVirtual()
            .name("call")
            .unstarted(context.wrap(() -> runAndClose(call, deadline, work)));
    // The context ends when the caller cancels, and also when a deadline passes on the server.
    context.addListener(ended -> thread.interrupt(), MoreExecutors.directExecutor());
    thread.start();
  }

  private Duration timeLeft(Context context) {
    io.grpc.Deadline asked = context.getDeadline();
    if (asked == null) {
      return longest;
    }
    Duration left = Duration.ofNanos(Math.max(0, asked.timeRemaining(TimeUnit.NANOSECONDS)));
    return left.compareTo(longest) < 0 ? left : longest;
  }

  private static <R> void runAndClose(
      ServerCallStreamObserver<R> call, Deadline deadline, Consumer<Deadline> work) {
    try {
      work.accept(deadline);
      call.onCompleted();
    } catch (RuntimeException | Error e) {
      call.onError(Statuses.of(e));
    }
  }
}
