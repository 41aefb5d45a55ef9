package dev.ragline.client.fake;

import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.CancelAnswerRequest;
import dev.ragline.v1.CancelAnswerResponse;
import dev.ragline.v1.GetAnswerRequest;
import dev.ragline.v1.GetAnswerResponse;
import dev.ragline.v1.ResumeAskRequest;
import dev.ragline.v1.ResumeAskResponse;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as scripted, no faster than the client takes them. */
public final class FakeAnswers extends AskServiceGrpc.AskServiceImplBase {
  /** What is sent, in order. */
  public volatile Iterable<AnswerEvent> events = List.of();

  /** With what it ends; null for OK. */
  public volatile @Nullable RuntimeException failure;

  /** After how many events each call breaks, the first call's number first; -1 for not at all. */
  public volatile List<Integer> breaks = List.of();

  /** With what resuming is refused; null to go on. */
  public volatile @Nullable RuntimeException resumeFailure;

  /** Whether the call stays open after the events, until it is cancelled. */
  public volatile boolean endless;

  public volatile RetrieveResponse passages = RetrieveResponse.getDefaultInstance();
  public volatile @Nullable StreamAskRequest asked;
  public volatile @Nullable RetrieveRequest searched;
  public final AtomicInteger sent = new AtomicInteger();
  public final AtomicInteger asks = new AtomicInteger();
  public final List<ResumeAskRequest> resumes = new CopyOnWriteArrayList<>();
  public final BlockingQueue<String> stopped = new LinkedBlockingQueue<>();
  public volatile Answer finished = Answer.getDefaultInstance();
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
    asks.incrementAndGet();
    stream(
        (ServerCallStreamObserver<StreamAskResponse>) responses,
        events.iterator(),
        event -> StreamAskResponse.newBuilder().setEvent(event).build());
  }

  @Override
  public void resumeAsk(ResumeAskRequest request, StreamObserver<ResumeAskResponse> responses) {
    resumes.add(request);
    if (resumeFailure != null) {
      responses.onError(resumeFailure);
      return;
    }
    long after = request.hasAfterSequence() ? request.getAfterSequence() : -1;
    List<AnswerEvent> rest = new ArrayList<>();
    events.forEach(event -> rest.add(event));
    rest.removeIf(event -> event.getSequence() <= after);
    stream(
        (ServerCallStreamObserver<ResumeAskResponse>) responses,
        rest.iterator(),
        event -> ResumeAskResponse.newBuilder().setEvent(event).build());
  }

  @Override
  public void getAnswer(GetAnswerRequest request, StreamObserver<GetAnswerResponse> responses) {
    if (!finished.getName().equals(request.getName())) {
      responses.onError(Errors.answerNotHeld(request.getName()));
      return;
    }
    responses.onNext(GetAnswerResponse.newBuilder().setAnswer(finished).build());
    responses.onCompleted();
  }

  @Override
  public void cancelAnswer(
      CancelAnswerRequest request, StreamObserver<CancelAnswerResponse> responses) {
    stopped.add(request.getName());
    responses.onNext(CancelAnswerResponse.getDefaultInstance());
    responses.onCompleted();
  }

  private <R> void stream(
      ServerCallStreamObserver<R> call, Iterator<AnswerEvent> script, Function<AnswerEvent, R> as) {
    call.setOnCancelHandler(cancelled::countDown);
    boolean[] over = {false};
    int number = asks.get() + resumes.size() - 1;
    int[] left = {number < breaks.size() ? breaks.get(number) : -1};
    call.setOnReadyHandler(
        () -> {
          while (!over[0] && call.isReady()) {
            if (left[0]-- == 0) {
              over[0] = true;
              call.onError(Status.UNAVAILABLE.withDescription("the network is gone").asException());
            } else if (script.hasNext()) {
              call.onNext(as.apply(script.next()));
              sent.incrementAndGet();
            } else {
              over[0] = true;
              end(call);
            }
          }
        });
    started.countDown();
  }

  private <R> void end(ServerCallStreamObserver<R> call) {
    if (failure != null) {
      call.onError(failure);
    } else if (!endless) {
      call.onCompleted();
    }
  }
}
