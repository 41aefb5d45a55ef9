package dev.ragline.bench;

import com.google.protobuf.ByteString;
import dev.ragline.client.Names;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.UploadCommit;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls of many callers as they come to a server: of ten, eight ask for passages, one reads a
 * streamed answer, and one uploads a small document.
 */
final class MixedLoad implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int KINDS = 10;

  /** What a server that has too much to do tells in its {@code RetryInfo}. */
  private static final long RETRY_MILLIS = 100;

  private static final int UPLOADED_SENTENCES = 30;

  private final Documents documents;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final long deadlineSeconds;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

  /** What a caller does when its call has ended, on a thread of gRPC's. */
  @FunctionalInterface
  interface Next {
    void after(Status status);
  }

  /** How the calls of a phase ended. */
  static final class Outcomes {
    final Latencies questions = new Latencies();
    final Latencies answers = new Latencies();
    final Latencies uploads = new Latencies();
    final Latencies refusals = new Latencies();
    final AtomicInteger good = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger late = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    private void ended(Latencies kind, long began, Status status, Next then) {
      long nanos = System.nanoTime() - began;
      switch (status.getCode()) {
        case OK -> {
          good.incrementAndGet();
          kind.addNanos(nanos);
        }
        case RESOURCE_EXHAUSTED -> {
          refused.incrementAndGet();
          refusals.addNanos(nanos);
        }
        case DEADLINE_EXCEEDED -> late.incrementAndGet();
        default -> failed.incrementAndGet();
      }
      open.decrementAndGet();
      then.after(status);
    }
  }

  MixedLoad(String address, Documents documents, long deadlineSeconds) {
    this.documents = documents;
    this.deadlineSeconds = deadlineSeconds;
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(ManagedChannelBuilder.forTarget(address).usePlaintext().build());
    }
  }

  private void call(Outcomes outcomes, Next then) {
    int number = next.getAndIncrement();
    Channel channel = channels.get(number % CONNECTIONS);
    outcomes.open.incrementAndGet();
    switch (number % KINDS) {
      case 3 -> ask(channel, number, outcomes, then);
      case 7 -> upload(channel, number, outcomes, then);
      default -> retrieve(channel, number, outcomes, then);
    }
  }

  private void retrieve(Channel channel, int number, Outcomes outcomes, Next then) {
    RetrieveRequest request =
        RetrieveRequest.newBuilder()
            .setCorpus(Names.corpus(MainJob.CORPUS))
            .setQuestion(documents.question(number))
            .build();
    AskServiceGrpc.newStub(channel)
        .withDeadlineAfter(deadlineSeconds, TimeUnit.SECONDS)
        .retrieve(request, new End<>(outcomes, outcomes.questions, then));
  }

  private void ask(Channel channel, int number, Outcomes outcomes, Next then) {
    StreamAskRequest request =
        StreamAskRequest.newBuilder()
            .setCorpus(Names.corpus(MainJob.CORPUS))
            .setQuestion(documents.question(number))
            .build();
    AskServiceGrpc.newStub(channel)
        .withDeadlineAfter(deadlineSeconds, TimeUnit.SECONDS)
        .streamAsk(request, new End<>(outcomes, outcomes.answers, then));
  }

  private void upload(Channel channel, int number, Outcomes outcomes, Next then) {
    String text =
        ("Item " + number + " is kept in room " + number % 97 + ".\n").repeat(UPLOADED_SENTENCES);
    ByteString content = ByteString.copyFrom(text, StandardCharsets.UTF_8);
    End<UploadDocumentResponse> end = new End<>(outcomes, outcomes.uploads, then);
    StreamObserver<UploadDocumentRequest> requests =
        IngestServiceGrpc.newStub(channel)
            .withDeadlineAfter(deadlineSeconds, TimeUnit.SECONDS)
            .uploadDocument(end);
    UploadHeader header =
        UploadHeader.newBuilder()
            .setDocument(Names.document(MainJob.CORPUS, "load-" + number % 50 + ".txt"))
            .build();
    requests.onNext(UploadDocumentRequest.newBuilder().setHeader(header).build());
    requests.onNext(
        UploadDocumentRequest.newBuilder()
            .setBlock(ContentBlock.newBuilder().setData(content))
            .build());
    requests.onNext(
        UploadDocumentRequest.newBuilder()
            .setCommit(UploadCommit.newBuilder().setSize(content.size()))
            .build());
    requests.onCompleted();
  }

  /** Notes how a call ended. */
  private static final class End<T> implements StreamObserver<T> {
    private final Outcomes outcomes;
    private final Latencies kind;
    private final Next then;
    private final long began = System.nanoTime();

    End(Outcomes outcomes, Latencies kind, Next then) {
      this.outcomes = outcomes;
      this.kind = kind;
      this.then = then;
    }

    @Override
    public void onNext(T message) {}

    @Override
    public void onError(Throwable failure) {
      outcomes.ended(kind, began, Status.fromThrowable(failure), then);
    }

    @Override
    public void onCompleted() {
      outcomes.ended(kind, began, Status.OK, then);
    }
  }

  /**
   * So many callers, each of which calls again when its last call has ended; who was refused waits
   * as long as it was told to.
   */
  Outcomes closedLoop(int callers, double seconds) throws InterruptedException {
    Outcomes outcomes = new Outcomes();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    for (int i = 0; i < callers; i++) {
      again(outcomes, end);
    }
    awaitAll(outcomes, end);
    return outcomes;
  }

  private void again(Outcomes outcomes, long end) {
    if (System.nanoTime() < end) {
      call(
          outcomes,
          status -> {
            if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
              var _ =
                  later.schedule(() -> again(outcomes, end), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } else {
              again(outcomes, end);
            }
          });
    }
  }

  /** So many calls a second, whatever becomes of those before them. */
  Outcomes openLoop(double perSecond, double seconds) throws InterruptedException {
    Outcomes outcomes = new Outcomes();
    long begin = System.nanoTime();
    long calls = Math.round(perSecond * seconds);
    for (long i = 0; i < calls; i++) {
      long wait = begin + (long) (i / perSecond * 1e9) - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
      }
      call(outcomes, status -> {});
    }
    awaitAll(outcomes, System.nanoTime());
    return outcomes;
  }

  private void awaitAll(Outcomes outcomes, long end) throws InterruptedException {
    while (outcomes.open.get() > 0 || System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    later.shutdownNow();
    for (ManagedChannel channel : channels) {
      var unused = channel.shutdownNow();
    }
  }
}
