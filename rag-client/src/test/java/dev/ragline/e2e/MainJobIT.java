package dev.ragline.e2e;

import static dev.ragline.e2e.MainJob.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import dev.ragline.v1.Passage;
import dev.ragline.v1.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job that Ragline is for, on the FAQ of Milvus 2.4, as people do it: by the command line. */
class MainJobIT {
  private static final String QUESTION = "How is data stored in milvus?";
  private static final int CHUNKS = 72;
  private static final String[] STORES = {
    "MinIO", "S3", "Google Cloud Storage", "Azure", "OSS", "COS", "etcd"
  };

  @TempDir private static Path folder;
  private static Path faq;
  private static ServerProcess server;
  private static RagClient client;

  @BeforeAll
  static void start() {
    faq = Requirements.data("milvus-faq");
    server = ServerProcess.start(folder.resolve("store"), Map.of());
    client = RagClient.builder(server.address()).build();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @Test
  void ingest_splitAtHeadings_givesTheTutorialsChunks() {
    assertThat(in("tutorial").recreate(faq)).isEqualTo(receipt(CHUNKS, 0, 0, 0, CHUNKS));
    assertThat(client.getCorpus("corpora/tutorial").getChunkCount()).isEqualTo(CHUNKS);
    try (var documents = client.listDocuments("corpora/tutorial")) {
      documents.forEach(
          document -> {
            try (var chunks = client.listChunks(document.getName())) {
              assertThat(chunks.toList())
                  .hasSize(document.getChunkCount())
                  .allSatisfy(chunk -> Citations.checkChunk(client, chunk));
            }
          });
    }
  }

  @Test
  void search_splitAtHeadings_findsWhereDataIsStored() {
    in("search").recreate(faq);

    List<String> found = in("search").search(QUESTION, 3);

    assertThat(found).hasSize(3);
    assertThat(found.getFirst()).startsWith(" Where does Milvus store data?");
    assertThat(found).anyMatch(text -> text.startsWith("How does Milvus flush data?"));
  }

  @Test
  void ask_splitAtHeadings_namesTheStoresWithCitationsThatHold() {
    in("ask").recreate(faq);

    Answer answer = in("ask").checkedAnswer(client, QUESTION);

    assertThat(answer.getText()).contains(STORES);
  }

  @Test
  void ask_byStructure_citesWhatItFinds() {
    Receipt receipt = in("structure").ingest(faq);
    assertThat(receipt.getEmbedded()).isEqualTo(receipt.getAdded()).isPositive();
    assertThat(in("structure").ingest(faq)).isEqualTo(receipt(0, 0, receipt.getAdded(), 0, 0));
    assertThat(String.join("\n", in("structure").search(QUESTION, 3))).contains(STORES);

    Answer answer = in("structure").checkedAnswer(client, QUESTION);

    // The section is longer than a chunk, and the answer stands in both of its halves.
    assertThat(answer.getText()).contains(STORES);
  }

  @Test
  void ingest_again_embedsOnlyWhatChanged() throws IOException {
    Path copy = copyOf(faq);
    in("again").recreate(copy);

    assertThat(in("again").ingest(copy)).isEqualTo(receipt(0, 0, CHUNKS, 0, 0));

    Path changed = copy.resolve("product_faq.md");
    String text = Files.readString(changed);
    Files.writeString(
        changed, text.replace("Metadata are generated within", "Metadata come out of"));
    assertThat(Files.readString(changed)).isNotEqualTo(text);
    assertThat(in("again").ingest(copy)).isEqualTo(receipt(0, 1, CHUNKS - 1, 0, 1));
    assertThat(in("again").search(QUESTION, 1).getFirst()).contains("Metadata come out of");
  }

  @Test
  void delete_document_isUnfindableAtOnce() {
    in("delete").recreate(faq);

    var deleted = server.rag("document", "delete", "product_faq.md", "--corpus", "delete");

    assertThat(deleted.exitCode()).as(deleted.err()).isZero();
    List<Passage> left = in("delete").passages(QUESTION, 100);
    assertThat(left).isNotEmpty();
    assertThat(left)
        .noneMatch(passage -> passage.getDocument().getName().endsWith("/product_faq.md"));
    assertThat(client.getCorpus("corpora/delete").getDocumentCount()).isEqualTo(3);
  }

  private static MainJob in(String corpus) {
    return new MainJob(server, corpus);
  }

  private static Path copyOf(Path source) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    try (Stream<Path> files = Files.list(source)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, copy.resolve(file.getFileName()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return copy;
  }
}
