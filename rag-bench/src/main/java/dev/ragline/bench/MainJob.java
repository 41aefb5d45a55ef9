package dev.ragline.bench;

import com.google.protobuf.util.Durations;
import dev.ragline.client.AnswerStream;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Chunking;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.GroundingSettings;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.SeparatorChunking;
import dev.ragline.v1.Stage;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The work that is timed, as a client of one server does it. */
final class MainJob implements AutoCloseable {
  static final String CORPUS = "bench";

  /** Uploads at once, as many as the command line has. */
  private static final int UPLOADS = 4;

  private final String address;
  private final Documents documents;
  private final RagClient client;

  MainJob(String address, Documents documents) {
    this.address = address;
    this.documents = documents;
    this.client = RagClient.builder(address).build();
  }

  /** Times of many calls. */
  record Retrieving(Latencies whole, Latencies embed, Latencies search) {}

  /** Another client of the same server. */
  MainJob another() {
    return new MainJob(address, documents);
  }

  /** What many clients saw together. */
  record Load(Latencies latencies, int errors, double perSecond) {}

  /** Makes an empty corpus; the chunks are those of {@code text.split("# ")}. */
  void recreateCorpus() {
    recreateCorpus(GroundingSettings.getDefaultInstance());
  }

  /** The same for questions that hold more than a question: all of them are answered. */
  void recreateCorpusThatAnswersAll() {
    recreateCorpus(GroundingSettings.newBuilder().setThreshold(0).build());
  }

  private void recreateCorpus(GroundingSettings grounding) {
    try {
      client.deleteCorpus(Names.corpus(CORPUS));
    } catch (RagClientException e) {
      if (e.code() != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
    Chunking chunking =
        Chunking.newBuilder()
            .setSeparator(SeparatorChunking.newBuilder().setSeparator("# "))
            .build();
    var unused =
        client.createCorpus(
            CORPUS, Corpus.newBuilder().setChunking(chunking).setGrounding(grounding).build());
  }

  /** Brings all documents in; milliseconds from the first byte to the last receipt. */
  double ingest() throws InterruptedException {
    long began = System.nanoTime();
    List<Runnable> uploads = new ArrayList<>();
    documents
        .contents()
        .forEach(
            (id, content) -> {
              UploadHeader header =
                  UploadHeader.newBuilder().setDocument(Names.document(CORPUS, id)).build();
              uploads.add(() -> client.upload(header, content));
            });
    runAll(uploads, UPLOADS);
    return ServerProcess.millisSince(began);
  }

  /** Chunks in the corpus. */
  long chunks() {
    return client.getCorpus(Names.corpus(CORPUS)).getChunkCount();
  }

  /** One question after the other, by one client. */
  Retrieving retrieve(int calls) {
    Retrieving times = new Retrieving(new Latencies(), new Latencies(), new Latencies());
    retrieve(calls, times);
    return times;
  }

  /** The same, added to others' times. */
  void retrieve(int calls, Latencies whole) {
    retrieve(calls, new Retrieving(whole, new Latencies(), new Latencies()));
  }

  private void retrieve(int calls, Retrieving times) {
    for (int i = 0; i < calls; i++) {
      RetrieveRequest request =
          RetrieveRequest.newBuilder()
              .setCorpus(Names.corpus(CORPUS))
              .setQuestion(documents.question(i))
              .build();
      long began = System.nanoTime();
      RetrieveResponse response = client.retrieve(request);
      times.whole().addNanos(System.nanoTime() - began);
      times.embed().addNanos(stage(response.getStagesList(), "embed"));
      times.search().addNanos(stage(response.getStagesList(), "search"));
    }
  }

  /** How long a stage of the server took, in nanoseconds; 0 where it did not run. */
  static long stage(List<Stage> stages, String name) {
    return stages.stream()
        .filter(stage -> stage.getName().equals(name))
        .mapToLong(stage -> Durations.toNanos(stage.getElapsed()))
        .findFirst()
        .orElse(0);
  }

  /** One answer after the other, by one client. */
  Latencies ask(int calls) {
    Latencies times = new Latencies();
    for (int i = 0; i < calls; i++) {
      long began = System.nanoTime();
      ask(client, documents.question(i));
      times.addNanos(System.nanoTime() - began);
    }
    return times;
  }

  private static void ask(RagClient client, String question) {
    StreamAskRequest request =
        StreamAskRequest.newBuilder().setCorpus(Names.corpus(CORPUS)).setQuestion(question).build();
    try (AnswerStream answer = client.streamAsk(request)) {
      var unused = answer.readToEnd();
    }
  }

  /** So many answers for so many clients, each with a connection of its own and never idle. */
  Load load(int calls, int clients) throws InterruptedException {
    Latencies times = new Latencies();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger errors = new AtomicInteger();
    Runnable worker =
        () -> {
          try (RagClient own = RagClient.builder(address).build()) {
            for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
              long began = System.nanoTime();
              try {
                ask(own, documents.question(i));
                times.addNanos(System.nanoTime() - began);
              } catch (RagClientException e) {
                System.err.println("bench: " + e.getMessage());
                errors.incrementAndGet();
              }
            }
          }
        };
    long began = System.nanoTime();
    runAll(Collections.nCopies(clients, worker), clients);
    return new Load(times, errors.get(), 1000 * calls / ServerProcess.millisSince(began));
  }

  /** Answers for so many clients, each with a connection of its own and never idle, for a time. */
  Latencies loadFor(Duration time, int clients) throws InterruptedException {
    Latencies times = new Latencies();
    long end = System.nanoTime() + time.toNanos();
    Runnable worker =
        () -> {
          try (RagClient own = RagClient.builder(address).build()) {
            for (int i = 0; System.nanoTime() < end; i++) {
              long began = System.nanoTime();
              ask(own, documents.question(i));
              times.addNanos(System.nanoTime() - began);
            }
          }
        };
    runAll(Collections.nCopies(clients, worker), clients);
    return times;
  }

  /** Runs tasks on so many threads and waits for all. */
  static void runAll(List<Runnable> tasks, int threads) throws InterruptedException {
    try {
      Threads.share(threads, tasks.size(), i -> tasks.get(i).run());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the job failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
