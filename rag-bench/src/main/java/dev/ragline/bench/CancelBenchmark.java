package dev.ragline.bench;

import dev.ragline.bench.ModelServer.Kind;
import dev.ragline.bench.ModelServer.Order;
import dev.ragline.client.AnswerStream;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.StreamAskRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Cancels questions in every phase, and measures until the model's server sees its connection
 * close; then looks for what is left of them.
 */
@Command(
    name = "rag-bench/run cancel",
    description = "Times how soon a cancelled question lets go of the model, and what it leaves.",
    mixinStandardHelpOptions = true)
public final class CancelBenchmark implements Callable<Integer> {
  private static final int WARM_UPS = 200;
  private static final Duration DEADLINE = Duration.ofMillis(150);
  private static final Duration SETTLING = Duration.ofSeconds(5);

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Option(names = "--tries", defaultValue = "1000", description = "In each phase (default 1000).")
  private int tries;

  private final SplittableRandom random = new SplittableRandom(1);
  private int next;

  /** Where a question is when it is given up. */
  private enum Phase {
    EMBED("while a remote model embeds the question"),
    ANYWHERE("at a random moment until the model is asked: embedding, searching"),
    WAITING("waiting for the model"),
    TOKENS("in the middle of the tokens"),
    DEADLINE("waiting for the model, by the deadline"),
    QUEUE("waiting for its turn");

    private final String title;

    Phase(String title) {
      this.title = title;
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new CancelBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf("| cancelled | tries | model asked | closed: p50 | p99 | most |%n");
    System.out.printf("|---|---|---|---|---|---|%n");
    try (ModelProcess model = ModelProcess.start()) {
      Map<String, String> usual = new LinkedHashMap<>(ServerProcess.llm(model.url()));
      // Cancelling as often as this looks like an attack.
      usual.put("RAGLINE_SERVER_MAX_RESETS_PER_SECOND", "100000");
      try (Bench bench = new Bench(model, usual)) {
        bench.cancel(Phase.WAITING, WARM_UPS, false);
        bench.cancel(Phase.TOKENS, WARM_UPS, false);
        bench.cancel(Phase.WAITING, tries, true);
        bench.cancel(Phase.TOKENS, tries, true);
        bench.cancel(Phase.ANYWHERE, tries, true);
        bench.cancel(Phase.DEADLINE, tries, true);
        bench.leftovers("these");
      }
      Map<String, String> embedding = new LinkedHashMap<>(usual);
      embedding.put("RAGLINE_EMBEDDING_MODEL", model.url());
      try (Bench bench = new Bench(model, embedding)) {
        bench.cancel(Phase.EMBED, WARM_UPS, false);
        bench.cancel(Phase.EMBED, tries, true);
        bench.leftovers("those of embedding");
      }
      Map<String, String> single = new LinkedHashMap<>(usual);
      single.put("RAGLINE_LLM_MAX_CONCURRENT", "1");
      try (Bench bench = new Bench(model, single)) {
        bench.queue();
        bench.leftovers("those in the queue");
      }
    }
    return 0;
  }

  /** One server with its client. */
  private final class Bench implements AutoCloseable {
    private final ModelProcess model;
    private final ServerProcess server;
    private final Documents documents;
    private final RagClient client;
    private final RagClient hurried;
    private long typical = 5_000_000;

    Bench(ModelProcess model, Map<String, String> environment)
        throws IOException, InterruptedException {
      this.model = model;
      this.server = ServerProcess.start(dist, environment);
      this.documents = Documents.read(guide);
      this.client = RagClient.builder(server.address()).build();
      this.hurried = RagClient.builder(server.address()).deadline(DEADLINE).build();
      try (MainJob job = new MainJob(server.address(), documents)) {
        job.recreateCorpusThatAnswersAll();
        var unused = job.ingest();
      }
    }

    private StreamAskRequest request(Order order) {
      return StreamAskRequest.newBuilder()
          .setCorpus(Names.corpus("bench"))
          .setQuestion(order.in(documents.question(order.run())))
          .build();
    }

    void cancel(Phase phase, int count, boolean counts) throws IOException, InterruptedException {
      Latencies closing = new Latencies();
      Latencies asking = new Latencies();
      Map<Integer, Long> given = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        Kind kind =
            switch (phase) {
              case EMBED -> Kind.HOLD;
              case TOKENS -> Kind.ENDLESS;
              case ANYWHERE, WAITING, DEADLINE, QUEUE -> Kind.STALL;
            };
        Order order = new Order(next++, kind, 0, 0);
        long began = System.nanoTime();
        given.put(order.run(), giveUp(phase, order, began));
        if (phase == Phase.WAITING) {
          asking.addNanos(model.askedAt(order.run()).join() - began);
        }
        if (phase != Phase.ANYWHERE && model.wasAsked(order.run())) {
          long _ = ModelProcess.await(model.goneAt(order.run()));
        }
      }
      if (phase == Phase.WAITING) {
        typical = (long) (asking.percentileMillis(50) * 1e6);
      }
      int asked = 0;
      for (Map.Entry<Integer, Long> each : given.entrySet()) {
        if (model.wasAsked(each.getKey())) {
          asked++;
          closing.addNanos(ModelProcess.await(model.goneAt(each.getKey())) - each.getValue());
        }
      }
      if (counts) {
        print(phase, count, asked, closing);
      }
    }

    /** Asks, and gives up in the phase; returns when. */
    private long giveUp(Phase phase, Order order, long began)
        throws IOException, InterruptedException {
      RagClient by = phase == Phase.DEADLINE ? hurried : client;
      try (AnswerStream stream = by.streamAsk(request(order))) {
        switch (phase) {
          case EMBED, WAITING -> {
            long _ = ModelProcess.await(model.askedAt(order.run()));
          }
          case ANYWHERE -> LockSupport.parkNanos(random.nextLong(2 * typical));
          case TOKENS -> {
            int texts = 0;
            while (texts < 3) {
              texts += stream.next().hasTextDelta() ? 1 : 0;
            }
          }
          case DEADLINE -> {
            try {
              stream.forEachRemaining(event -> {});
            } catch (RagClientException e) {
              return began + DEADLINE.toNanos();
            }
          }
          case QUEUE -> {
            // Found, but not yet being answered: from here on it waits for its turn.
            while (!stream.next().hasRetrieved()) {}
            LockSupport.parkNanos(3_000_000);
          }
        }
        return System.nanoTime();
      }
    }

    /** One answer holds the only place, and none of those who waited for it may ever be asked. */
    void queue() throws IOException, InterruptedException {
      Order holder = new Order(next++, Kind.ENDLESS, 0, 0);
      int first = next;
      try (AnswerStream holding = client.streamAsk(request(holder))) {
        long _ = ModelProcess.await(model.askedAt(holder.run()));
        while (!holding.next().hasTextDelta()) {}
        for (int i = 0; i < tries; i++) {
          Order order = new Order(next++, Kind.STALL, 0, 0);
          long _ = giveUp(Phase.QUEUE, order, System.nanoTime());
        }
      }
      long _ = ModelProcess.await(model.goneAt(holder.run()));
      LockSupport.parkNanos(SETTLING.toNanos() / 5);
      int asked = 0;
      for (int run = first; run < next; run++) {
        asked += model.wasAsked(run) ? 1 : 0;
      }
      print(Phase.QUEUE, tries, asked, new Latencies());
    }

    private void print(Phase phase, int count, int asked, Latencies closing) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %s | %s | %s |%n",
          phase.title,
          count,
          asked,
          millis(closing, asked, 50),
          millis(closing, asked, 99),
          millis(closing, asked, 100));
    }

    private static String millis(Latencies closing, int asked, double percent) {
      return asked == 0 ? "" : Samples.readable(closing.percentileMillis(percent)) + " ms";
    }

    /** What is left once all is over; it may take a moment to go. */
    void leftovers(String title) throws IOException, InterruptedException {
      long until = System.nanoTime() + SETTLING.toNanos();
      long calls = server.callThreads();
      long connections = model.connections();
      while (calls + connections > 0 && System.nanoTime() < until) {
        calls = server.callThreads();
        connections = model.connections();
      }
      System.err.printf(
          "left of %s: %d threads of calls, %d connections to the model%n",
          title, calls, connections);
    }

    @Override
    public void close() throws IOException {
      client.close();
      hurried.close();
      server.close();
    }
  }
}
