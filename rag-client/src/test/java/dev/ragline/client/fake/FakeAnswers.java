package dev.ragline.client.fake;

import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers as scripted, no faster than the client takes them. */
public final class FakeAnswers extends AskServiceGrpc.AskServiceImplBase {
  /** What is sent, in order. */
  public volatile Iterable<AnswerEvent> events = List.of();

  /** With what it ends; null for OK. */
  public volatile @Nullable RuntimeException failure;

  /** Whether the call stays open after the events, until it is cancelled. */
  public volatile boolean endless;

  public volatile RetrieveResponse passages = RetrieveResponse.getDefaultInstance();
  public volatile @Nullable StreamAskRequest asked;
  public volatile @Nullable RetrieveRequest searched;
  public final AtomicInteger sent = new AtomicInteger();
  public final CountDownLatch started = new CountDownLatch(1);
  public final CountDownLatch cancelled = new CountDownLatch(1);

  @Override
  public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> responses) {
    searched = request;
    responses.onNext(passages);
    responses.onCompleted();
  }

  @Override
  public void ask(AskRequest request, StreamObserver<AskResponse> responses) {
    Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
    started.countDown();
    if (failure != null) {
      responses.onError(failure);
    } else if (!endless) {
      responses.onNext(
          AskResponse.newBuilder()
              .setAnswer(Answer.newBuilder().setText("answer to " + request.getQuestion()))
              .build());
      responses.onCompleted();
    }
  }

  @Override
  public void streamAsk(StreamAskRequest request, StreamObserver<StreamAskResponse> responses) {
    asked = request;
    var call = (ServerCallStreamObserver<StreamAskResponse>) responses;
    call.setOnCancelHandler(cancelled::countDown);
    Iterator<AnswerEvent> script = events.iterator();
    boolean[] over = {false};
    call.setOnReadyHandler(
        () -> {
          while (!over[0] && call.isReady()) {
            if (script.hasNext()) {
              call.onNext(StreamAskResponse.newBuilder().setEvent(script.next()).build());
              sent.incrementAndGet();
            } else {
              over[0] = true;
              end(call);
            }
          }
        });
    started.countDown();
  }

  private void end(ServerCallStreamObserver<StreamAskResponse> call) {
    if (failure != null) {
      call.onError(failure);
    } else if (!endless) {
      call.onCompleted();
    }
  }
}
