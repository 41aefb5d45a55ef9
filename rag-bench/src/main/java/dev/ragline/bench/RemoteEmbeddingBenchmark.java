package dev.ragline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.chunking.ChunkDraft;
import dev.ragline.chunking.Chunkers;
import dev.ragline.document.Chunking;
import dev.ragline.document.MediaType;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.StandardDocumentParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An ingest by a model behind a URL, beside the bare requests for the same texts. */
@Command(
    name = "rag-bench/run remote-embedding",
    description =
        "Compares a warm ingest of one document with the bare requests of the same batches.",
    mixinStandardHelpOptions = true)
public final class RemoteEmbeddingBenchmark implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--dist", required = true, hidden = true)
  private Path dist = Path.of("");

  @Option(names = "--guide", required = true, hidden = true)
  private Path guide = Path.of("");

  @Parameters(
      index = "0",
      description = "The endpoint's base URL, such as http://localhost:1234/v1.")
  private String url = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      description = "A folder of Markdown files, joined to one document (default the guide).")
  private @Nullable Path folder;

  @Option(names = "--model", defaultValue = "default", description = "The model to ask for.")
  private String model = "";

  @Option(names = "--batch", defaultValue = "16", description = "Texts in a request (default 16).")
  private int batch;

  @Option(names = "--in-flight", defaultValue = "4", description = "Requests at once (default 4).")
  private int inFlight;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count (default 5).")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    Documents document = joined(Documents.read(folder == null ? guide : folder));
    List<String> texts = texts(document);
    Samples bare = new Samples();
    Samples ingest = new Samples();
    Samples ratio = new Samples();
    Map<String, String> settings =
        Map.of(
            "RAGLINE_EMBEDDING_MODEL",
            url,
            "RAGLINE_EMBEDDING_REMOTE_MODEL",
            model,
            "RAGLINE_EMBEDDING_BATCH_SIZE",
            Integer.toString(batch),
            "RAGLINE_EMBEDDING_BATCHES_IN_FLIGHT",
            Integer.toString(inFlight),
            // No text is cut here, so that both send the same ones.
            "RAGLINE_EMBEDDING_MAX_TOKENS",
            "1000000",
            "RAGLINE_EMBEDDING_QUERY_PREFIX",
            "",
            "RAGLINE_EMBEDDING_PASSAGE_PREFIX",
            "");
    try (HttpClient http = HttpClient.newHttpClient();
        ServerProcess server = ServerProcess.start(dist, settings);
        MainJob job = new MainJob(server.address(), document)) {
      for (int i = 0; i <= rounds; i++) {
        job.recreateCorpus();
        double ingestMillis = job.ingest();
        double bareMillis = bare(http, texts);
        if (i > 0) {
          bare.add(bareMillis);
          ingest.add(ingestMillis);
          ratio.add(bareMillis / ingestMillis);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%d chunks, %d texts in a request, %d requests at once, %d rounds%n%n"
              + "| | median | least … most |%n|---|---|---|%n",
          job.chunks(),
          batch,
          inFlight,
          rounds);
    }
    bare.printRow("the requests alone, ms");
    ingest.printRow("a warm ingest, ms");
    ratio.printRow("the first of the second");
    return 0;
  }

  private static Documents joined(Documents documents) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    documents
        .contents()
        .values()
        .forEach(
            content -> {
              all.writeBytes(content);
              all.write('\n');
            });
    return new Documents(Map.of("all", all.toByteArray()), documents.questions());
  }

  /** What the model reads of the document's chunks, each text once. */
  private static List<String> texts(Documents document) {
    byte[] content = Objects.requireNonNull(document.contents().get("all"));
    ParsedDocument parsed = new StandardDocumentParser().parse(content, MediaType.MARKDOWN);
    List<String> texts = new ArrayList<>();
    Chunkers.create(new Chunking.Separator("# "), text -> 0, Integer.MAX_VALUE)
        .chunks(parsed, Objects.requireNonNullElse(parsed.title(), ""))
        .forEachRemaining((ChunkDraft chunk) -> texts.add(chunk.embeddedText()));
    return texts.stream().distinct().toList();
  }

  private double bare(HttpClient http, List<String> texts) throws Exception {
    long began = System.nanoTime();
    int parts = Math.ceilDiv(texts.size(), batch);
    Threads.share(
        inFlight,
        parts,
        part ->
            post(http, texts.subList(part * batch, Math.min((part + 1) * batch, texts.size()))));
    return ServerProcess.millisSince(began);
  }

  private void post(HttpClient http, List<String> texts) {
    ObjectNode body = JSON.createObjectNode().put("model", model).put("encoding_format", "float");
    texts.forEach(body.putArray("input")::add);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/embeddings"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("HTTP " + response.statusCode() + ": " + response.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(url + " did not answer", e);
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new RemoteEmbeddingBenchmark()).execute(args));
  }
}
