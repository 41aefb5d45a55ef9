package dev.ragline.server.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import dev.ragline.call.Call;
import dev.ragline.call.Caller;
import dev.ragline.call.Deadline;
import dev.ragline.call.Meter;
import dev.ragline.call.Priority;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.v1.AnswerEvent;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * Runs each call on a virtual thread of its own, so that it may block, and interrupts the thread
 * when the caller cancels or the deadline passes. gRPC's own callbacks never block: they must be
 * free to deliver the cancel.
 */
final class Calls {
  private final WaitingThreads threads;

  @Inject
  Calls(Execution execution) {
    this.threads = execution.waiting();
  }

  /** Answers with one message. */
  <R> void unary(StreamObserver<R> observer, Function<Call, R> work) {
    answer(prepare(observer), work);
  }

  /** Answers with a stream; {@code send} waits until the caller can take more. */
  <R> void streaming(StreamObserver<R> observer, StreamingWork<R> work) {
    ServerCallStreamObserver<R> prepared = prepare(observer);
    ReadyGate<R> gate = new ReadyGate<>(prepared);
    start(prepared, call -> work.run(call, message -> gate.send(message, call)));
  }

  /**
   * Answers with the events of an answer that {@code work} subscribes the stream to. The work may
   * go on for other readers when this caller has gone; what ends with the caller is the
   * subscription.
   *
   * @param message puts an event into one of the call's messages
   */
  <R> void subscribing(
      StreamObserver<R> observer,
      Function<AnswerEvent, R> message,
      BiConsumer<Call, EventStream<R>> work) {
    EventStream<R> stream = new EventStream<>(prepare(observer), message);
    Context context = Context.current();
    Call call = call(context);
    // What is asked of others for the answer must not end with this call: hence the fork.
    Thread thread = threads.unstarted("call", context.fork().wrap(() -> stream.start(call, work)));
    stream.startedBy(thread);
    context.addListener(
        ended -> stream.leave(hasTimedOut(ended) ? late() : gone()),
        MoreExecutors.directExecutor());
    thread.start();
  }

  /** The work of a streaming call. */
  @FunctionalInterface
  interface StreamingWork<R> {
    void run(Call call, Consumer<R> send);
  }

  /**
   * Makes a call safe to answer after it was cancelled; must happen before gRPC's first callback
   * returns.
   */
  <R> ServerCallStreamObserver<R> prepare(StreamObserver<R> observer) {
    ServerCallStreamObserver<R> prepared = (ServerCallStreamObserver<R>) observer;
    // With a handler set, messages to a caller that went away are dropped instead of thrown back.
    prepared.setOnCancelHandler(() -> {});
    return prepared;
  }

  /** Answers a prepared call with one message. */
  <R> void answer(ServerCallStreamObserver<R> observer, Function<Call, R> work) {
    start(observer, call -> observer.onNext(work.apply(call)));
  }

  private <R> void start(ServerCallStreamObserver<R> observer, Consumer<Call> work) {
    Context context = Context.current();
    Call call = call(context);
    Thread thread =
        threads.unstarted("call", context.wrap(() -> runAndClose(observer, call, work)));
    // The context ends when the caller cancels, and also when a deadline passes on the server.
    context.addListener(ended -> thread.interrupt(), MoreExecutors.directExecutor());
    thread.start();
  }

  /**
   * Does work beside a call that is not answered yet, on a thread of its own, which is interrupted
   * when the call ends.
   *
   * @param name what the work is, for thread dumps
   * @param work leaves no failure to its thread
   */
  void beside(String name, Consumer<Call> work) {
    Context context = Context.current();
    Call call = call(context);
    Thread thread = threads.unstarted(name, context.wrap(() -> work.accept(call)));
    context.addListener(ended -> thread.interrupt(), MoreExecutors.directExecutor());
    thread.start();
  }

  private static Call call(Context context) {
    return new Call(
        Caller.ANONYMOUS,
        deadline(context),
        Priority.INTERACTIVE,
        null,
        new Meter(),
        CallSetup.trace(context));
  }

  private static Deadline deadline(Context context) {
    io.grpc.Deadline given = context.getDeadline();
    return given == null
        ? Deadline.NONE
        : Deadline.after(Duration.ofNanos(Math.max(0, given.timeRemaining(TimeUnit.NANOSECONDS))));
  }

  private static <R> void runAndClose(
      ServerCallStreamObserver<R> observer, Call call, Consumer<Call> work) {
    try (var _ = MDC.putCloseable("trace", call.trace().hex())) {
      work.accept(call);
      observer.onCompleted();
    } catch (RuntimeException | Error e) {
      observer.onError(Statuses.of(isLate(e) ? late() : e));
    }
  }

  /** An interrupt tells the work that nobody waits any more, but not why. */
  private static boolean isLate(Throwable failure) {
    return failure instanceof RagException e
        && e.code() == ErrorCode.CANCELLED
        && hasTimedOut(Context.current());
  }

  /** Whether a call's deadline passed, and not its caller gave up. */
  static boolean hasTimedOut(Context context) {
    return context.cancellationCause() instanceof TimeoutException;
  }

  private static RagException gone() {
    return new RagException(ErrorCode.CANCELLED, "CANCELLED", "the caller went away");
  }

  /** Says that a call's deadline passed. */
  static RagException late() {
    return new RagException(
        ErrorCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline passed");
  }
}
