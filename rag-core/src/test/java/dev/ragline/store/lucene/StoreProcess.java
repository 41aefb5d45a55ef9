package dev.ragline.store.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.Corpora;
import dev.ragline.store.Revisions;
import dev.ragline.testing.TestExecution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that opens a store and, when told to, writes documents and prints each that it wrote.
 */
final class StoreProcess implements AutoCloseable {
  static final CorpusId CORPUS = new CorpusId("docs");

  private final Process process;
  private final BufferedReader output;

  private StoreProcess(Process process) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** What the process runs; it ends by being killed, or with its standard input. */
  public static void main(String[] args) throws IOException {
    try (LuceneChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(Path.of(args[0])), TestExecution.SHARED)) {
      System.out.println("open");
      if (args.length > 1) {
        write(store, args[1]);
      }
      while (System.in.read() >= 0) {}
    }
  }

  private static void write(LuceneChunkStore store, String round) {
    if (store.corpora(null, 1).isEmpty()) {
      store.createCorpus(Corpora.of(CORPUS.value()));
    }
    for (int i = 0; ; i++) {
      String id = "doc" + i % 7;
      String text = "round " + round + " write " + i;
      String[] texts = new String[1 + i % 3];
      Arrays.fill(texts, text);
      store.replaceDocument(CORPUS, Revisions.of(id, texts), Call.UNLIMITED);
      System.out.println(id + "=" + String.join("|", texts) + ".");
    }
  }

  /** Starts one. */
  static StoreProcess start(Path folder, String... round) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            folder.toString());
    builder.command().addAll(List.of(round));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new StoreProcess(builder.start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line that it prints; null when it has ended. */
  @Nullable String line() throws IOException {
    return output.readLine();
  }

  /** Kills it as kill -9 does, and waits until it is gone; what it printed can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
