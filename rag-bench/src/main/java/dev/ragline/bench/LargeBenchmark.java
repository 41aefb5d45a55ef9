package dev.ragline.bench;

import dev.ragline.client.RagClient;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A text that is many times what a server's heap could hold of it, and then many small documents.
 * The embedding costs nearly nothing, so that what is measured is the server's own. Exits with 1
 * when the text is not the same afterwards.
 */
@Command(
    name = "rag-bench/run large",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    description = "Brings a large text and many small documents into a server with a small heap.")
public final class LargeBenchmark implements Callable<Integer> {
  private static final Duration LONG = Duration.ofHours(3);
  private static final int SMALL_BYTES = 1500;

  @Option(names = "--dist", required = true, hidden = true)
  private @Nullable Path dist;

  @Option(names = "--heap", defaultValue = "512m", description = "The server's (default 512m).")
  private String heap = "";

  @Option(names = "--mb", defaultValue = "200", description = "MB of the text (default 200).")
  private int megabytes;

  @Option(names = "--type", defaultValue = "text/plain", description = "Default text/plain.")
  private String type = "";

  @Option(names = "--documents", defaultValue = "100000", description = "Default 100000.")
  private int documents;

  @Option(names = "--uploads", defaultValue = "4", description = "At once, small ones (default 4).")
  private int uploads;

  @Option(names = "--tokens", defaultValue = "512", description = "Of a chunk (default 512).")
  private int tokens;

  @Option(names = "--dimension", defaultValue = "384", description = "Of vectors (default 384).")
  private int dimension;

  public static void main(String[] args) {
    System.exit(new CommandLine(new LargeBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (HashedEmbeddings embeddings = new HashedEmbeddings(dimension);
        ServerProcess server =
            ServerProcess.start(Objects.requireNonNull(dist), settings(embeddings.baseUrl()));
        RagClient client = RagClient.builder(server.address()).deadline(LONG).build()) {
      System.out.printf(
          Locale.ROOT, "heap %s, %s, after start: %s%n", heap, type, resident(server));
      System.out.printf("%n| | own memory, most | mapped files, most |%n|---|---|---|%n");
      var _ = client.createCorpus("large", Corpus.getDefaultInstance());
      boolean same = large(server, client);
      small(server, client);
      return same ? 0 : 1;
    }
  }

  private Map<String, String> settings(String url) {
    return Map.of(
        "RAGLINE_HEAP",
        heap,
        "RAGLINE_EMBEDDING_MODEL",
        url,
        "RAGLINE_EMBEDDING_REMOTE_MODEL",
        "hashed",
        "RAGLINE_EMBEDDING_MAX_TOKENS",
        "256",
        "RAGLINE_EMBEDDING_BATCH_SIZE",
        "64",
        "RAGLINE_SERVER_MAX_CALL_SECONDS",
        Long.toString(LONG.toSeconds()),
        "RAGLINE_INGEST_MAX_DOCUMENT_BYTES",
        Long.toString(megabytes * 1_000_000L),
        "RAGLINE_INGEST_MAX_CHUNKS",
        "2000000");
  }

  private static String resident(ServerProcess server) throws Exception {
    ServerProcess.Heap heap = server.heap();
    return String.format(
        Locale.ROOT,
        "%.0f MB of its own, %.0f MB of mapped files, %.0f MB alive on the heap",
        server.memoryMb("RssAnon"),
        server.memoryMb("RssFile"),
        heap.liveMb());
  }

  private boolean large(ServerProcess server, RagClient client) throws Exception {
    UploadHeader header =
        UploadHeader.newBuilder()
            .setDocument("corpora/large/documents/large")
            .setMediaType(type)
            .build();
    long began = System.nanoTime();
    UploadDocumentResponse written;
    try (MemoryWatch watch = new MemoryWatch(server)) {
      written = client.upload(header, new EndlessText(1, megabytes * 1_000_000L));
      System.out.print(watch.rows("large text"));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%n%d MB became %d chunks in %.0f s; then %s%n",
        megabytes,
        written.getDocument().getChunkCount(),
        seconds,
        resident(server));
    Receipt again = client.upload(header, new EndlessText(1, megabytes * 1_000_000L)).getReceipt();
    boolean same =
        digest(new EndlessText(1, megabytes * 1_000_000L))
            .equals(digest(client.openContent(written.getDocument().getName(), null)));
    System.out.printf(
        Locale.ROOT,
        "brought again: %d chunks unchanged, %d embedded; the content is %s%n",
        again.getUnchanged(),
        again.getEmbedded(),
        same ? "the same" : "ANOTHER");
    return same && again.getEmbedded() == 0;
  }

  private static String digest(InputStream content) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (content) {
      byte[] buffer = new byte[1 << 16];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void small(ServerProcess server, RagClient client) throws Exception {
    long began = System.nanoTime();
    System.out.printf("%n| | own memory, most | mapped files, most |%n|---|---|---|%n");
    try (MemoryWatch watch = new MemoryWatch(server)) {
      var _ = client.createCorpus("small", Corpus.getDefaultInstance());
      Threads.share(
          uploads,
          documents,
          n -> {
            UploadHeader header =
                UploadHeader.newBuilder()
                    .setDocument("corpora/small/documents/" + n + ".md")
                    .build();
            var _ = client.upload(header, EndlessText.of(n, SMALL_BYTES));
          });
      System.out.print(watch.rows("small documents"));
    }
    System.out.printf(
        Locale.ROOT,
        "%n%d documents in %.0f s; then %s%n",
        documents,
        (System.nanoTime() - began) / 1e9,
        resident(server));
  }
}
