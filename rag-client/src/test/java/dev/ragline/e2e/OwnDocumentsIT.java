package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Document;
import dev.ragline.v1.Passage;
import dev.ragline.v1.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job on documents that the test writes itself, so that it needs nothing beside it. */
class OwnDocumentsIT {
  @TempDir private static Path store;
  private static ServerProcess server;
  private static RagClient client;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(store, Map.of());
    client = RagClient.builder(server.address()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void write() throws IOException {
    OwnDocuments.write(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"structure", "fixed", "separator"})
  void ingest_anyScriptAndName_keepsEveryByte(String chunking) {
    Receipt receipt =
        Output.receipt(
            server.rag(
                "ingest",
                folder.toString(),
                "--corpus",
                chunking,
                "--chunking",
                chunking,
                "--json"));

    assertThat(receipt.getEmbedded()).isEqualTo(receipt.getAdded()).isPositive();
    try (Stream<Document> listed = client.listDocuments("corpora/" + chunking)) {
      List<Document> documents = listed.toList();
      assertThat(documents)
          .extracting(d -> d.getUri())
          .containsExactlyInAnyOrderElementsOf(OwnDocuments.TEXTS.keySet());
      documents.forEach(OwnDocumentsIT::check);
    }
  }

  private static void check(Document document) {
    assertThat(document.getName()).endsWith("/documents/" + OwnDocuments.id(document.getUri()));
    assertThat(client.documentContent(document.getName(), null))
        .isEqualTo(OwnDocuments.text(document.getUri()).getBytes(StandardCharsets.UTF_8));
    try (var chunks = client.listChunks(document.getName())) {
      assertThat(chunks.toList())
          .hasSize(document.getChunkCount())
          .allSatisfy(chunk -> Citations.checkChunk(client, chunk));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Where are backups kept?, runbook.md, Oulu",
    "How do we rotate the signing key?, runbook.md, keytool rotate",
    "When is the coffee machine cleaned?, team notes/lunch & coffee.txt, Fridays",
    "数据存储在哪里？, 手册/向量数据库.md, 对象存储",
    "أين تُحفظ النسخ الاحتياطية؟, دليل/نسخ احتياطي.md, مخزن بارد",
    "When does the zeppelin project start?, odd ~ 100% names/~draft%2F.md, spring"
  })
  void ask_anyScript_quotesTheRightDocument(String question, String place, String fact) {
    ingest("ask");

    var asked = server.rag("ask", question, "--corpus", "ask", "--json");

    assertThat(asked.exitCode()).as(asked.err()).isZero();
    Answer answer = StreamLaws.checkWhole(Output.events(asked));
    assertThat(answer.getText()).contains(fact);
    assertThat(Citations.check(client, answer)).anyMatch(quote -> quote.contains(fact));
    assertThat(answer.getPassages(0).getDocument().getUri()).isEqualTo(place);
  }

  @Test
  void ask_asciiLocale_readsNamesAndQuestionsAllTheSame() {
    Map<String, String> environment = Map.of("RAGLINE_SERVER", server.address(), "LC_ALL", "C");
    var ingested = Rag.run(environment, "ingest", folder.toString(), "--corpus", "ascii", "--json");
    assertThat(ingested.exitCode()).as(ingested.err()).isZero();

    var found =
        Rag.run(
            environment,
            "search",
            "向量数据存储在对象存储里",
            "--corpus",
            "ascii",
            "--mode",
            "lexical",
            "--json");

    assertThat(Output.passages(found).getFirst().getDocument().getUri()).isEqualTo("手册/向量数据库.md");
  }

  @Test
  void ingest_again_embedsOnlyWhatChanged() throws IOException {
    Receipt first = ingest("again");
    assertThat(ingest("again"))
        .isEqualTo(Receipt.newBuilder().setUnchanged(first.getAdded()).build());

    Path runbook = folder.resolve("runbook.md");
    Files.writeString(runbook, Files.readString(runbook).replace("Oulu", "Rovaniemi"));

    Receipt third = ingest("again");
    assertThat(third.getChanged()).isEqualTo(1);
    assertThat(third.getEmbedded()).isEqualTo(1);
    assertThat(third.getUnchanged()).isEqualTo(first.getAdded() - 1);
    assertThat(search("again", "Oulu")).isEmpty();
    assertThat(search("again", "Rovaniemi")).hasSize(1);
  }

  @Test
  void search_tokenOfTheIngest_isTakenByItsCorpusOnly() {
    var ingested = server.rag("ingest", folder.toString(), "--corpus", "token", "--json");
    String token = Output.receipt(ingested).getConsistencyToken();
    ingest("other");

    var found = searchWith(token, "token");
    assertThat(found.exitCode()).as(found.err()).isZero();
    Passage passage = Output.passages(found).getFirst();
    assertThat(passage.getChunk().getText()).contains("Oulu");
    assertThat(passage)
        .isEqualTo(
            Passage.newBuilder()
                .setRank(1)
                .setChunk(Chunk.newBuilder().setText(passage.getChunk().getText()))
                .build());
    var refused = searchWith(token, "other");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("retrieval.consistency_token").contains("(INVALID_FIELD)");
  }

  private static Rag.Result searchWith(String token, String corpus) {
    return server.rag(
        "search",
        "Where are backups kept?",
        "--corpus",
        corpus,
        "--consistency-token=" + token,
        "--fields",
        "rank,chunk.text",
        "--json");
  }

  @Test
  void delete_byNameOrByPrune_isUnfindableAtOnce() throws IOException {
    ingest("delete");
    String draft = "odd ~ 100% names/~draft%2F.md";
    assertThat(search("delete", "zeppelin")).hasSize(1);

    var deleted = server.rag("document", "delete", OwnDocuments.id(draft), "--corpus", "delete");
    assertThat(deleted.exitCode()).as(deleted.err()).isZero();
    assertThat(search("delete", "zeppelin")).isEmpty();

    Files.delete(folder.resolve(draft));
    Files.delete(folder.resolve("team notes/lunch & coffee.txt"));
    Receipt pruned =
        Output.receipt(
            server.rag("ingest", folder.toString(), "--corpus", "delete", "--prune", "--json"));
    assertThat(pruned.getRemoved()).isPositive();
    assertThat(search("delete", "coffee")).isEmpty();
    assertThat(search("delete", "Oulu")).hasSize(1);
  }

  @Test
  void ask_nothingThere_abstainsWithItsOwnExitCode() {
    ingest("abstain");
    var asked = server.rag("ask", "Qwxzk vbnrt plmkj?", "--corpus", "abstain", "--json");

    assertThat(asked.exitCode()).as(asked.err()).isEqualTo(4);
    Answer answer = StreamLaws.checkWhole(Output.events(asked));
    assertThat(answer.getText()).isEmpty();
    assertThat(answer.getAbstainReasonValue()).isPositive();
  }

  @Test
  void content_command_writesTheUploadedBytes() throws IOException {
    ingest("content");
    String place = "手册/向量数据库.md";

    var content = server.rag("document", "content", OwnDocuments.id(place), "--corpus", "content");

    assertThat(content.exitCode()).as(content.err()).isZero();
    assertThat(content.out()).isEqualTo(OwnDocuments.text(place));
  }

  private Receipt ingest(String corpus) {
    return Output.counts(server.rag("ingest", folder.toString(), "--corpus", corpus, "--json"));
  }

  /** The passages that hold a word. */
  private static List<Passage> search(String corpus, String word) {
    var found = server.rag("search", word, "--corpus", corpus, "--mode", "lexical", "--json");
    assertThat(found.exitCode()).as(found.err()).isZero();
    return Output.passages(found);
  }
}
