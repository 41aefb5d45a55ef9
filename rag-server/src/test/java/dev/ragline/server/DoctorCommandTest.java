package dev.ragline.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.Corpora;
import dev.ragline.store.Revisions;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.ScriptedLlmProcess;
import dev.ragline.testing.TestExecution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DoctorCommandTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @SuppressWarnings("NullAway.Init") // started before any test
  private static ScriptedLlmProcess llm;

  @TempDir Path folder;

  private record Ended(int exitCode, String out, String err) {
    /** The table's row of a thing, its cells parted by one space. */
    String row(String what) {
      return out.lines()
          .filter(line -> line.startsWith(what + "  "))
          .findFirst()
          .orElse("")
          .replaceAll(" {2,}", " | ");
    }
  }

  @BeforeAll
  static void start() {
    llm = ScriptedLlmProcess.start();
  }

  @BeforeEach
  void reset() {
    llm.reset();
    llm.answer("Ready.");
  }

  @AfterAll
  static void stop() {
    llm.close();
  }

  private Ended doctor(Map<String, String> environment, Duration limit, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of(options));
    if (!arguments.contains("--store")) {
      arguments.addAll(List.of("--store", folder.resolve("data").toString()));
    }
    int exitCode =
        DoctorCommand.commandLine(environment, limit, stream(out), stream(err))
            .execute(arguments.toArray(String[]::new));
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private Ended doctor(String... options) {
    return doctor(Map.of(), LONG, options);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void doctor_defaults_allAnswerAndNothingIsLeft() throws IOException {
    Ended ended = doctor();

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.row("embedding"))
        .contains("in this process | yes | ")
        .endsWith("all-minilm-l6-v2 | onnx | 254 | 384 | mean | none");
    assertThat(ended.row("store")).contains("data (not made yet) | yes | ").contains("lucene");
    assertThat(ended.out()).endsWith("All answer.\n");
    assertThat(ended.err()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Test
  void doctor_severalEndpoints_asksEachByItself() {
    Ended ended =
        doctor(
            Map.of(
                "RAGLINE_EMBEDDING_FALLBACK_URLS", llm.baseUrl("503"),
                "RAGLINE_RERANK_MODEL", llm.baseUrl("logits"),
                "RAGLINE_RERANK_KEY", "sk-secret"),
            LONG,
            "--embedding",
            llm.baseUrl("ok"));

    assertThat(ended.row("embedding 1")).contains("| yes |").contains("| openai |");
    assertThat(ended.row("embedding 2")).contains("| no |");
    assertThat(ended.row("reranker")).contains("| yes |").contains("| rerank |");
    assertThat(ended.out()).doesNotContain("sk-secret", "/script");
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @Test
  void doctor_storeThatIsThere_keepsItsCorporaAlone() {
    Path data = folder.resolve("data");
    try (ChunkStore store = open(data)) {
      store.createCorpus(Corpora.of("handbook"));
      store.replaceDocument(
          new CorpusId("handbook"), Revisions.of("a", "some text"), Call.UNLIMITED);
    }

    Ended ended = doctor("--embedding", "bge-small-en");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.row("store")).contains(" | yes | ");
    assertThat(ended.row("embedding"))
        .endsWith("cls | \"Represent this sentence for searching relevant passages: \" / none");
    assertThat(ended.out())
        .contains(
            "- store: Corpus handbook was made with the embedding model test (0123), and"
                + " bge-small-en (");
    try (ChunkStore store = open(data)) {
      assertThat(StoredCorpora.all(store)).hasSize(1);
    }
  }

  private static ChunkStore open(Path data) {
    return LuceneChunkStore.open(new LuceneStoreConfig(data), TestExecution.SHARED);
  }

  @Test
  void doctor_storeInUse_saysByWhomAndAsksTheRest() {
    Path data = folder.resolve("data");
    try (ChunkStore owner = open(data)) {
      Ended ended = doctor("--llm", llm.baseUrl("ok"), "--llm-context-tokens", "8000");

      assertThat(owner.isServing()).isTrue();
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.row("store")).contains(" | no | - | ");
      assertThat(ended.row("llm")).contains(" | yes | ").contains("| default | chat | 8000 |");
      assertThat(ended.out())
          .contains("in use by this process, ", "(STORE_LOCKED). A server that runs is asked by");
    }
  }

  @Test
  void doctor_responses_areAskedForAndTimed() {
    Ended ended =
        doctor("--llm", llm.baseUrl("ok"), "--llm-api", "responses", "--llm-context-tokens", "900");

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.row("llm"))
        .contains("http://127.0.0.1:")
        .containsPattern("\\| yes \\| \\d+ / \\d+ \\| default \\| responses \\| 900 \\|");
    assertThat(ended.out()).doesNotContain("/script", "/v1");
  }

  @Test
  void doctor_wrongKey_namesTheVariableAndNotTheKey() {
    llm.error("Incorrect key provided: sk-5ecret at /script/401/v1?token=qu3ry-5ecret");

    Ended ended =
        doctor(
            Map.of("RAGLINE_LLM_KEY", "sk-5ecret", "RAGLINE_EMBEDDING_KEY", "em-5ecret"),
            LONG,
            "--embedding",
            llm.baseUrl("401") + "?token=qu3ry-5ecret",
            "--llm",
            llm.baseUrl("401") + "?token=qu3ry-5ecret");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.row("embedding")).contains(" | no | ");
    assertThat(ended.row("llm")).contains(" | no | ");
    assertThat(ended.row("store")).contains(" | yes | ");
    assertThat(ended.out())
        .contains("refused the key; check RAGLINE_LLM_KEY", "check RAGLINE_EMBEDDING_KEY")
        .contains("Incorrect key provided: [hidden]")
        .doesNotContain("5ecret", "/script/401");
  }

  @Test
  void doctor_unknownModel_saysWhatToName() {
    Ended ended = doctor("--llm", llm.baseUrl("404"), "--llm-model", "llama9");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("knows no model llama9 at this address", "Name a model that it has");
  }

  @Test
  void doctor_embeddingEndpointOfNoUse_answersAndWillGoWrong() {
    Ended ended =
        doctor("--embedding", llm.baseUrl("200-letters"), "--embedding-model", "intfloat/e5-small");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.row("embedding"))
        .contains("http://127.0.0.1:")
        .contains(" | yes | ")
        .endsWith("intfloat/e5-small | openai | 509 | 16 | - | \"query: \" / \"passage: \"");
    assertThat(ended.out())
        .contains("is not nearer to its answer")
        .contains("A text of 507 tokens, the longest that is sent, is refused: ");
  }

  @Test
  void doctor_silentEndpoints_endInTime() {
    Ended ended =
        doctor(
            Map.of(),
            Duration.ofMillis(1500),
            "--embedding",
            llm.baseUrl("stall-before-headers"),
            "--llm",
            llm.baseUrl("stall-before-headers"));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("- embedding: It did not answer within 1500 ms (opening the model).")
        .contains("- llm: It did not answer within 1500 ms (chatting).");
  }

  @Test
  void doctor_oneOfTwoDown_asksEachByItself() {
    Ended ended = doctor("--llm", "http://127.0.0.1:1/v1", "--llm", llm.baseUrl("ok"));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.row("llm 1")).contains("http://127.0.0.1:1 | no | - | default | chat");
    assertThat(ended.row("llm 2")).contains(" | yes | ");
    assertThat(ended.out())
        .contains("- llm 1: The language model at http://127.0.0.1:1 cannot be reached")
        .contains("Start it, or correct its address.");
  }

  @Test
  void doctor_keyMissing_hidesNoOther() {
    Ended ended = doctor("--llm", "openai", "--llm", llm.baseUrl("ok"));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.row("llm 1")).contains("openai | no");
    assertThat(ended.row("llm 2")).contains(" | yes | ");
    assertThat(ended.out()).contains("openai needs a key: set OPENAI_API_KEY");
  }

  @Test
  void doctor_folderThatIsNoModel_namesWhatItLacks() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));

    Ended ended = doctor("--embedding", model.toString(), "--reranker", model.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.row("embedding")).contains("| no |");
    assertThat(ended.row("reranker")).contains("| no |");
    assertThat(ended.out()).contains("there is no graph: looked for model.onnx");
  }

  @Test
  void doctor_storeBelowAFile_saysWhatIsInTheWay() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    Ended ended = doctor("--store", file.resolve("data").toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).contains("file is not a folder (STORE_FOLDER)");
  }

  @Test
  void doctor_json_isALineForEachThing() {
    Ended ended = doctor("--json", "--llm", llm.baseUrl("no-usage"));

    assertThat(ended.exitCode()).as(ended.out()).isZero();
    assertThat(ended.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"what\":\""));
    assertThat(ended.out())
        .contains("\"dimension\":384", "\"kind\":\"note\",\"text\":\"It does not tell how many");
  }

  @Test
  void doctor_wrongUsage_isOneLine() {
    assertThat(doctor("--nonsense").exitCode()).isEqualTo(2);
    assertThat(doctor("--nonsense").err())
        .startsWith("rag: Unknown option: '--nonsense'")
        .hasLineCount(1);
    Ended ended = doctor(Map.of("RAGLINE_STORE_ADRESS", "x"), LONG);
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("did you mean RAGLINE_STORE_ADDRESS?");
    assertThat(ended.out()).isEmpty();
  }
}
