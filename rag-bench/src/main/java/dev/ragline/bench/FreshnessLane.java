package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.bench.ReplicaFreshness.Asking;
import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One document after the other into a corpus by one server, each asked for by another. */
final class FreshnessLane {
  private static final int HEADING_WORDS = 3;
  private static final int TEXT_WORDS = 9;

  private final String corpus;
  private final SplittableRandom random;
  private final RagClient writing;
  private final RagClient reading;
  private final List<String> words;
  private int written;

  FreshnessLane(String corpus, int seed, RagClient writing, RagClient reading, List<String> words) {
    this.corpus = corpus;
    this.random = new SplittableRandom(seed);
    this.writing = writing;
    this.reading = reading;
    this.words = words;
  }

  /** Writes so many documents and asks for each that long after it was acknowledged. */
  void run(int rounds, Asking asking, Duration later, FreshnessFigures figures) {
    for (int round = 0; round < rounds; round++) {
      String heading = some(HEADING_WORDS);
      String text = some(TEXT_WORDS);
      UploadDocumentResponse response = write("# %s\n\n%s.\n".formatted(heading, text));
      pause(later);
      String revision = response.getDocument().getRevision();
      String question = heading + " " + text;
      RetrievalSpec spec = asking.spec(response.getReceipt().getConsistencyToken());
      long began = System.nanoTime();
      RetrieveResponse found = read(question, spec);
      long whole = System.nanoTime() - began;
      boolean fresh = shows(found, revision);
      if (!fresh && !shows(read(question, Asking.STRONG.spec("")), revision)) {
        throw new IllegalStateException("a document is not found by its own words: " + question);
      }
      figures.add(fresh, whole, MainJob.stage(found.getStagesList(), "search"));
    }
  }

  private UploadDocumentResponse write(String content) {
    String name = Names.document(corpus, "document" + written++ + ".md");
    return writing.upload(
        UploadHeader.newBuilder().setDocument(name).build(), content.getBytes(UTF_8));
  }

  private RetrieveResponse read(String question, RetrievalSpec spec) {
    return reading.retrieve(
        RetrieveRequest.newBuilder()
            .setCorpus(Names.corpus(corpus))
            .setQuestion(question)
            .setRetrieval(spec)
            .build());
  }

  private static boolean shows(RetrieveResponse found, String revision) {
    return found.getPassagesList().stream()
        .anyMatch(passage -> passage.getDocument().getRevision().equals(revision));
  }

  private String some(int count) {
    return random
        .ints(count, 0, words.size())
        .mapToObj(words::get)
        .collect(Collectors.joining(" "));
  }

  /** Waits. */
  static void pause(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
