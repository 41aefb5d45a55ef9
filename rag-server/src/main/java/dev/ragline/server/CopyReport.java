package dev.ragline.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.copying.CopyProgress;
import dev.ragline.copying.CopyResult;
import dev.ragline.document.CorpusId;
import dev.ragline.store.CorpusStats;
import java.io.PrintStream;
import java.time.Duration;

/** Tells people and scripts how a copy goes. */
final class CopyReport implements CopyProgress {
  /** Nobody reads a line a document of a million. */
  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final PrintStream err;
  private final boolean json;
  private long lastTold = System.nanoTime();

  CopyReport(PrintStream out, PrintStream err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  @Override
  public void done(CorpusId corpus, long done, long documents) {
    long now = System.nanoTime();
    if (now - lastTold >= BETWEEN.toNanos()) {
      lastTold = now;
      err.println("[%d/%d] %s".formatted(done, documents, corpus));
    }
  }

  /** A corpus is copied. */
  void copied(CopyResult result) {
    if (json) {
      ObjectNode line = JSON.createObjectNode();
      line.put("corpus", result.corpus().resourceName());
      put(line.putObject("copied"), result.copied());
      put(line.putObject("skipped"), result.skipped());
      line.put("others", result.others());
      out.println(line);
      return;
    }
    out.println(
        "%s: %s copied, %s there already"
            .formatted(result.corpus(), describe(result.copied()), describe(result.skipped())));
    if (result.others() > 0) {
      err.println(
          "rag: the copy of %s has %s more than the original; --recreate builds it anew"
              .formatted(result.corpus(), count(result.others(), "document")));
    }
  }

  private static void put(ObjectNode node, CorpusStats stats) {
    node.put("documents", stats.documents());
    node.put("chunks", stats.chunks());
  }

  private static String describe(CorpusStats stats) {
    return count(stats.documents(), "document") + " (" + count(stats.chunks(), "chunk") + ")";
  }

  /** So many of something, in words. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
