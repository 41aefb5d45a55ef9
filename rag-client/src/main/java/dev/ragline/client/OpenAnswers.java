package dev.ragline.client;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.CancelAnswerRequest;
import dev.ragline.v1.CancelAnswerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client's streams that are open, and those that were closed before their end, whose answers the
 * server is told to stop: it cannot tell a caller that goes from a connection that breaks.
 */
final class OpenAnswers {
  private static final long STOP_SECONDS = 5;
  private static final long LAST_WORDS_MILLIS = 1000;

  private final Calls calls;
  private final Map<Object, Runnable> streams = new ConcurrentHashMap<>();
  private final Map<String, ListenableFuture<CancelAnswerResponse>> stopping =
      new ConcurrentHashMap<>();

  OpenAnswers(Calls calls) {
    this.calls = calls;
  }

  /** Notes a stream, and what ends it with the client. */
  void add(Object stream, Runnable close) {
    streams.put(stream, close);
  }

  /** Lets a stream go. */
  void remove(Object stream) {
    streams.remove(stream);
  }

  /** Tells the server to stop an answer, and does not wait for it. */
  void stop(String answer) {
    ListenableFuture<CancelAnswerResponse> told =
        AskServiceGrpc.newFutureStub(calls.channel())
            .withDeadlineAfter(STOP_SECONDS, TimeUnit.SECONDS)
            .cancelAnswer(CancelAnswerRequest.newBuilder().setName(answer).build());
    stopping.put(answer, told);
    told.addListener(() -> stopping.remove(answer), Runnable::run);
  }

  /** Closes all streams, and waits a moment for the server to hear of it. */
  void closeAll() throws InterruptedException {
    List.copyOf(streams.values()).forEach(Runnable::run);
    try {
      var unused =
          Futures.successfulAsList(List.copyOf(stopping.values()))
              .get(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // A server that cannot be told stops the answer when nobody has read it for a while.
    }
  }
}
