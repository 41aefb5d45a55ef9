package dev.ragline.bench;

import com.google.protobuf.util.Durations;
import dev.ragline.bench.ModelServer.Kind;
import dev.ragline.bench.ModelServer.Order;
import dev.ragline.client.AnswerStream;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.StreamAskRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What Ragline adds to a language model, which is a fast one in a process of its own. */
@Command(
    name = "rag-bench/run llm",
    description = "Times what is added to a language model's own time, and 200 streams at once.",
    mixinStandardHelpOptions = true)
public final class LlmBenchmark implements Callable<Integer> {
  private static final int WARM_UPS = 1000;
  private static final int LONG_WARM_UPS = 30;
  private static final int FIRST_TOKENS = 500;
  private static final int SHORT = 5;
  private static final int LONG_ANSWERS = 30;
  private static final int LONG = 2000;
  private static final int STREAMS = 200;
  private static final int STREAM_TOKENS = 200;
  private static final int PACE_MILLIS = 20;
  private static final int CONNECTIONS = 4;

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Option(names = "--runs", defaultValue = "3", description = "Runs that count (default 3).")
  private int runs;

  private int next;

  public static void main(String[] args) {
    System.exit(new CommandLine(new LlmBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Documents documents = Documents.read(guide);
    Report report = new Report();
    try (ModelProcess model = ModelProcess.start();
        ServerProcess server = ServerProcess.start(dist, ServerProcess.llm(model.url()));
        MainJob job = new MainJob(server.address(), documents);
        RagClient client = RagClient.builder(server.address()).build()) {
      job.recreateCorpusThatAnswersAll();
      var unused = job.ingest();
      for (int i = 0; i < WARM_UPS; i++) {
        var warm = ask(client, order(Kind.TOKENS, SHORT, 0), documents.question(i));
        var _ = model.ask(model.body(warm.order().run()));
      }
      for (int i = 0; i < LONG_WARM_UPS; i++) {
        var warm = ask(client, order(Kind.TOKENS, LONG, 0), documents.question(i));
        var _ = model.ask(model.body(warm.order().run()));
      }
      for (int run = 1; run <= runs; run++) {
        System.err.printf("bench: run %d of %d%n", run, runs);
        firstTokens(model, client, documents, report);
        tokens(model, server, client, documents, report);
        streams(server, documents, report);
      }
      System.out.printf(
          Locale.ROOT,
          "%d cores, JDK %s, %d runs%n%n%s",
          Runtime.getRuntime().availableProcessors(),
          server.javaVersion(),
          runs,
          report.table());
    }
    return 0;
  }

  private Order order(Kind kind, int tokens, int pace) {
    return new Order(next++, kind, tokens, pace);
  }

  /** An answer, in nanoseconds after asking; {@code found} is the server's own time. */
  private record Asked(Order order, long found, long first, long last, Answer answer) {}

  private static Asked ask(RagClient client, Order order, String question) throws IOException {
    StreamAskRequest request =
        StreamAskRequest.newBuilder()
            .setCorpus(Names.corpus("bench"))
            .setQuestion(order.in(question))
            .build();
    long found = 0;
    long first = 0;
    long last = 0;
    long began = System.nanoTime();
    try (AnswerStream stream = client.streamAsk(request)) {
      while (stream.hasNext()) {
        AnswerEvent event = stream.next();
        switch (event.getEventCase()) {
          case RETRIEVED -> found = Durations.toNanos(event.getElapsed());
          case TEXT_DELTA -> {
            last = System.nanoTime() - began;
            first = first == 0 ? last : first;
          }
          case COMPLETED -> {
            return new Asked(order, found, first, last, event.getCompleted().getAnswer());
          }
          default -> {}
        }
      }
    }
    throw new IOException("an answer without its end");
  }

  /** By turns, so that both see the same machine. */
  private void firstTokens(ModelProcess model, RagClient client, Documents documents, Report report)
      throws IOException, InterruptedException {
    Latencies direct = new Latencies();
    Latencies through = new Latencies();
    Samples added = new Samples();
    for (int i = 0; i < FIRST_TOKENS; i++) {
      Asked asked = ask(client, order(Kind.TOKENS, SHORT, 0), documents.question(i));
      long alone = model.ask(model.body(asked.order().run())).first();
      long ours = asked.first() - asked.found();
      direct.addNanos(alone);
      through.addNanos(ours);
      added.add((ours - alone) / 1e6);
    }
    report.add("first token, the model alone, p50", "ms", direct.percentileMillis(50));
    report.add(
        "first token, through Ragline without retrieval, p50", "ms", through.percentileMillis(50));
    report.add("added to the first token, p50", "ms", added.median());
    report.add(
        "first token, through Ragline without retrieval, p99", "ms", through.percentileMillis(99));
  }

  private void tokens(
      ModelProcess model,
      ServerProcess server,
      RagClient client,
      Documents documents,
      Report report)
      throws IOException, InterruptedException {
    Samples added = new Samples();
    Samples alone = new Samples();
    Latencies aligning = new Latencies();
    double cpu = 0;
    for (int i = 0; i < LONG_ANSWERS; i++) {
      double before = server.cpuMillis();
      Asked asked = ask(client, order(Kind.TOKENS, LONG, 0), documents.question(i));
      cpu += server.cpuMillis() - before;
      aligning.addNanos(MainJob.stage(asked.answer().getStagesList(), "align"));
      ModelProcess.Direct direct = model.ask(model.body(asked.order().run()));
      double theirs = (direct.last() - direct.first()) / 1e3 / LONG;
      alone.add(theirs);
      added.add((asked.last() - asked.first()) / 1e3 / LONG - theirs);
    }
    report.add("a token, the model alone", "us", alone.median());
    report.add("added to a token", "us", added.median());
    report.add("processor time of the server for a token", "us", cpu * 1e3 / LONG_ANSWERS / LONG);
    report.add(
        "aligning the sentences behind the last of 2 000 tokens, p50",
        "ms",
        aligning.percentileMillis(50));
  }

  private void streams(ServerProcess server, Documents documents, Report report)
      throws IOException, InterruptedException {
    List<RagClient> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(RagClient.builder(server.address()).build());
    }
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger errors = new AtomicInteger();
    Latencies first = new Latencies();
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      Order order = order(Kind.TOKENS, STREAM_TOKENS, PACE_MILLIS);
      RagClient client = clients.get(i % CONNECTIONS);
      String question = documents.question(i);
      all.add(
          () -> {
            try {
              Asked asked = ask(client, order, question);
              first.addNanos(asked.first());
              boolean own =
                  asked.answer().getState() == AnswerState.ANSWER_STATE_COMPLETE
                      && asked.answer().getText().strip().equals(order.text().strip());
              wrong.addAndGet(own ? 0 : 1);
            } catch (IOException | RagClientException e) {
              System.err.println("bench: " + e.getMessage());
              errors.incrementAndGet();
            }
          });
    }
    double before = server.cpuMillis();
    long began = System.nanoTime();
    MainJob.runAll(all, STREAMS);
    report.add(
        "200 streams of 200 tokens, 20 ms apart: until the last ends",
        "s",
        ServerProcess.millisSince(began) / 1e3);
    report.add("of it the server's processor time", "s", (server.cpuMillis() - before) / 1e3);
    report.add("200 streams: first token, p50", "ms", first.percentileMillis(50));
    report.add("200 streams: errors", "", errors.get());
    report.add("200 streams: not their own text", "", wrong.get());
    clients.forEach(RagClient::close);
  }
}
