package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.client.verification.AnswerVerifier;
import dev.ragline.testing.models.ModelServer;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.GroundingSpec;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds of the main job on real model servers, whosever they are. Their models are so small
 * that they write nonsense: what is asserted is an answer's structure, not its words.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ModelServersContract {
  /** Tokens of prompt and answer together, of every language model here. */
  static final int CONTEXT_TOKENS = 1024;

  private static final int ANSWER_TOKENS = 32;
  private static final int CANCELS = 3;
  private static final String CORPUS = "corpora/faq";
  private static final String QUESTION = "How is data stored in milvus?";

  /** What servers on uvicorn and llama.cpp wait before they close a connection is 5 seconds. */
  private static final Duration IDLE = Duration.ofSeconds(6);

  /** {@code -Dragline.idle.rounds=20} looks longer than every build can. */
  private static final int IDLE_ROUNDS = Integer.getInteger("ragline.idle.rounds", 3);

  @TempDir private static Path folder;

  private final List<ModelServer> models = new ArrayList<>();
  private final String llmModel;
  private final String embeddingModel;
  private final String document;

  @SuppressWarnings("NullAway.Init") // started before any test
  private ModelServer llm;

  @SuppressWarnings("NullAway.Init")
  private ServerProcess server;

  @SuppressWarnings("NullAway.Init")
  private RagClient client;

  /**
   * @param document of the tutorial's that is brought in; empty for all
   */
  ModelServersContract(String llmModel, String embeddingModel, String document) {
    this.llmModel = llmModel;
    this.embeddingModel = embeddingModel;
    this.document = document;
  }

  /**
   * Starts what writes answers, with llama.cpp as the first that is kept; its context is {@link
   * #CONTEXT_TOKENS}.
   */
  abstract ModelServer startLlm();

  /** Starts what embeds. */
  abstract ModelServer startEmbeddings();

  /** Has a server ended with the others. */
  final ModelServer keep(ModelServer started) {
    models.add(started);
    return started;
  }

  @BeforeAll
  final void start() {
    llm = keep(startLlm());
    ModelServer embeddings = keep(startEmbeddings());
    server =
        serve(
            "store",
            environment(embeddings),
            "--llm-context-tokens",
            Integer.toString(CONTEXT_TOKENS),
            "--embedding",
            embeddings.url(),
            "--embedding-model",
            embeddingModel);
    client = RagClient.builder(server.address()).build();
    Receipt receipt = new MainJob(server, "faq").ingest(documents());
    assertThat(receipt.getEmbedded()).isEqualTo(receipt.getAdded()).isPositive();
  }

  private Map<String, String> environment(ModelServer embeddings) {
    Map<String, String> environment = new HashMap<>(embeddingSettings());
    environment.put("RAGLINE_LLM_KEY", llm.key());
    environment.put("RAGLINE_EMBEDDING_KEY", embeddings.key());
    return environment;
  }

  /** What the embeddings need beside a model's name. */
  Map<String, String> embeddingSettings() {
    return Map.of();
  }

  @AfterAll
  final void stop() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    models.reversed().forEach(ModelServer::close);
  }

  /** The tutorial's documents; where they are not there, one of the project's own. */
  private Path documents() {
    return Requirements.dataIfThere("milvus-faq")
        .map(faq -> faq.resolve(document))
        .orElseGet(() -> Rag.root().resolve("docs/guide/getting-started.md"));
  }

  private ServerProcess serve(String store, Map<String, String> environment, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--llm", llm.url(), "--llm-model", llmModel));
    arguments.addAll(List.of(options));
    return ServerProcess.start(
        folder.resolve(store), environment, arguments.toArray(String[]::new));
  }

  private static StreamAskRequest.Builder question(String question) {
    return StreamAskRequest.newBuilder()
        .setCorpus(CORPUS)
        .setQuestion(question)
        .setRetrieval(RetrievalSpec.newBuilder().setLimit(1))
        // Vectors of a model that was not made for it tell no relevance; and words are not the
        // point.
        .setGrounding(GroundingSpec.newBuilder().setThreshold(0))
        .setGeneration(GenerationSpec.newBuilder().setMaxTokens(ANSWER_TOKENS));
  }

  private Answer ask(StreamAskRequest request) {
    return client.ask(atOnce(request));
  }

  private static AskRequest atOnce(StreamAskRequest request) {
    return AskRequest.newBuilder()
        .setCorpus(request.getCorpus())
        .setQuestion(request.getQuestion())
        .setRetrieval(request.getRetrieval())
        .setGrounding(request.getGrounding())
        .setGeneration(request.getGeneration())
        .build();
  }

  private void check(Answer answer) {
    assertThat(answer.getState())
        .isIn(AnswerState.ANSWER_STATE_COMPLETE, AnswerState.ANSWER_STATE_INTERRUPTED);
    assertThat(answer.getText()).isNotBlank();
    assertThat(answer.getModel()).isNotBlank().doesNotContain("/");
    List<String> warnings = answer.getWarningsList().stream().map(Warning::getCode).toList();
    assertThat(warnings).doesNotContain("LLM_FAILED_OVER");
    assertThat(warnings.contains("LENGTH"))
        .isEqualTo(answer.getState() == AnswerState.ANSWER_STATE_INTERRUPTED);
    assertThat(answer.getUsage().getPromptTokens()).isBetween(50L, (long) CONTEXT_TOKENS);
    assertThat(answer.getUsage().getCompletionTokens()).isBetween(1L, (long) ANSWER_TOKENS);
    assertThat(answer.getUsage().getEmbeddingTokens()).isPositive();
    assertThat(answer.getPassagesList()).hasSize(1);
    Citations.check(client, answer);
  }

  @Test
  void ask_atOnce_isAnsweredWithItsCost() {
    check(ask(question(QUESTION).build()));
  }

  @Test
  void ask_streamed_comesInPiecesThatCanBeVerified() {
    List<AnswerEvent> events = new ArrayList<>();
    try (AnswerStream stream = client.streamAsk(question(QUESTION).build())) {
      stream.forEachRemaining(events::add);
    }

    check(StreamLaws.checkWhole(events));
    assertThat(events.stream().filter(AnswerEvent::hasTextDelta)).hasSizeGreaterThan(1);
    assertThat(new AnswerVerifier(client).verify(events).orElseThrow().findings()).isEmpty();
  }

  @Test
  void ask_manyPassages_getsWhatFits() {
    StreamAskRequest.Builder many = question(QUESTION);
    many.getRetrievalBuilder().setLimit(100);

    Answer answer = ask(many.build());

    assertThat(answer.getText()).isNotBlank();
    assertThat(answer.getUsage().getPromptTokens())
        .isBetween(CONTEXT_TOKENS / 3L, (long) CONTEXT_TOKENS - ANSWER_TOKENS);
  }

  @Test
  void cancel_midStream_stopsTheModelAndLeavesTheServerWorking() {
    StreamAskRequest.Builder patient = question(QUESTION);
    // So long that the model is still writing when the caller has gone.
    patient.getGenerationBuilder().setMaxTokens(CONTEXT_TOKENS / 2);
    long before = cancelled();
    for (int i = 1; i <= CANCELS; i++) {
      try (AnswerStream stream = client.streamAsk(patient.build())) {
        LlmSetup.readToFirstText(stream, new ArrayList<>());
      }
      long stopped = before + i;
      Waiting.until("llama.cpp stops writing", () -> cancelled() >= stopped);
      check(ask(question(QUESTION).build()));
    }
  }

  /** Answers that llama.cpp says it stopped writing, be it behind a proxy. */
  private long cancelled() {
    return models.getFirst().log().lines().filter(line -> line.contains("cancel task")).count();
  }

  @Test
  void ask_idleFor6SecondsBetween_neverMeetsAClosedConnection() {
    for (int round = 0; round < IDLE_ROUNDS; round++) {
      check(ask(question("How is data stored in milvus, asked again " + round).build()));
      // Not for something to come about, but for nothing to: the silence itself is tried here.
      LockSupport.parkNanos(IDLE.toNanos());
    }
    check(ask(question(QUESTION).build()));
  }

  @Test
  void ask_moreThanTheModelReads_saysSo() throws IOException {
    try (ServerProcess unaware =
        serve("unaware", Map.of("RAGLINE_LLM_KEY", llm.key()), "--llm-context-tokens", "16384")) {
      bringInOne(unaware);

      RagClientException failure = failure(unaware, question(QUESTION + " Tell all. ".repeat(900)));

      assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(failure.reason()).contains("LLM_CONTEXT_TOO_SMALL");
      assertThat(failure.getMessage()).contains("reads and writes").doesNotContain("5ecret");
    }
  }

  @Test
  void ask_contextIsSmallerThanThought_isFittedToWhatTheServerTells() {
    try (ServerProcess unaware =
            serve(
                "hopeful", Map.of("RAGLINE_LLM_KEY", llm.key()), "--llm-context-tokens", "16384");
        RagClient own = RagClient.builder(unaware.address()).build()) {
      new MainJob(unaware, "faq").ingest(Rag.root().resolve("docs/guide"));
      StreamAskRequest.Builder many = question(QUESTION);
      many.getRetrievalBuilder().setLimit(100);

      Answer answer = own.ask(atOnce(many.build()));

      assertThat(answer.getText()).isNotBlank();
      assertThat(answer.getUsage().getPromptTokens()).isBetween(50L, (long) CONTEXT_TOKENS);
      assertThat(answer.getWarningsList().stream().map(Warning::getCode))
          .contains("CONTEXT_PASSAGES_LEFT_OUT");
    }
  }

  @Test
  void ask_wrongKey_saysSo() throws IOException {
    try (ServerProcess stranger = serve("stranger", Map.of("RAGLINE_LLM_KEY", "sk-wr0ng-key"))) {
      bringInOne(stranger);

      RagClientException failure = failure(stranger, question(QUESTION));

      assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      checkWrongKey(failure);
      assertThat(failure.getMessage()).doesNotContain("wr0ng", "5ecret");
      assertThat(stranger.log()).doesNotContain("wr0ng");
    }
  }

  /** What is said of a key that the server does not know. */
  void checkWrongKey(RagClientException failure) {
    assertThat(failure.reason()).contains("LLM_KEY_REFUSED");
    assertThat(failure.getMessage()).contains("RAGLINE_LLM_KEY");
  }

  /** A question to which another model is to answer. */
  final Answer askModel(String model) {
    StreamAskRequest.Builder other = question(QUESTION);
    other.getGenerationBuilder().setModel(model);
    return ask(other.build());
  }

  /** One document and the embedding model inside: nothing of the model servers is needed yet. */
  private static void bringInOne(ServerProcess server) throws IOException {
    Path one = Files.createTempDirectory(folder, "one");
    Files.writeString(one.resolve("faq.md"), "# Data\n\nData in Milvus is stored in objects.\n");
    new MainJob(server, "faq").ingest(one);
  }

  private static RagClientException failure(
      ServerProcess server, StreamAskRequest.Builder question) {
    List<AnswerEvent> events = new ArrayList<>();
    try (RagClient client = RagClient.builder(server.address()).build();
        AnswerStream stream = client.streamAsk(question.build())) {
      RagClientException failure =
          catchThrowableOfType(
              RagClientException.class, () -> stream.forEachRemaining(events::add));
      assertThat(StreamLaws.checkBroken(events)).isEmpty();
      return failure;
    }
  }
}
