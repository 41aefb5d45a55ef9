package dev.ragline.server;

import dev.ragline.call.Call;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.embedding.openai.OpenAiEmbedder;
import dev.ragline.embedding.openai.OpenAiEmbedderConfig;
import dev.ragline.execution.Execution;
import dev.ragline.generation.openai.ChatModelConfig;
import dev.ragline.generation.openai.ChatModelPreset;
import dev.ragline.generation.openai.OpenAiChatModel;
import dev.ragline.ranking.onnx.OnnxReranker;
import dev.ragline.server.config.EmbeddingConfig;
import dev.ragline.server.config.LlmConfig;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.config.StoreConfig;
import dev.ragline.server.doctor.Check;
import dev.ragline.server.doctor.EmbeddingCheck;
import dev.ragline.server.doctor.Hidden;
import dev.ragline.server.doctor.LlmCheck;
import dev.ragline.server.doctor.OpenedEmbedder;
import dev.ragline.server.doctor.RerankerCheck;
import dev.ragline.server.doctor.StoreCheck;
import dev.ragline.server.doctor.StoreSource;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code rag doctor} asks of a configuration, opened as the server opens it. */
final class DoctorChecks {
  private final RaglineConfig config;
  private final Map<String, String> environment;
  private final Execution execution;

  DoctorChecks(RaglineConfig config, Map<String, String> environment, Execution execution) {
    this.config = config;
    this.environment = environment;
    this.execution = execution;
  }

  /** All checks; the store is compared with the embedding model, so that goes first. */
  List<Check> all() {
    List<Check> checks = new ArrayList<>();
    EmbeddingCheck embedding =
        new EmbeddingCheck(
            this::embeddingPlace,
            config.embedding().remote() ? "openai" : "onnx",
            this::openEmbedder);
    checks.add(embedding);
    if (config.rerank().configured()) {
      String folder = config.rerank().model();
      checks.add(
          new RerankerCheck(
              folder, call -> OnnxReranker.open(Path.of(folder), execution.compute())));
    }
    checks.add(store(embedding));
    LlmConfig llm = config.llm();
    for (int i = 0; i < llm.name().size(); i++) {
      checks.add(languageModel(i));
    }
    return checks;
  }

  private String embeddingPlace() {
    EmbeddingConfig embedding = config.embedding();
    if (embedding.remote()) {
      return endpoint().endpoint().origin();
    }
    return Files.isDirectory(Path.of(embedding.model())) ? embedding.model() : "in this process";
  }

  private OpenAiEmbedderConfig endpoint() {
    return Adapters.endpoint(config.embedding(), environment);
  }

  private OpenedEmbedder openEmbedder(Call call) {
    if (config.embedding().remote()) {
      OpenAiEmbedderConfig endpoint = endpoint();
      OpenAiEmbedder embedder = OpenAiEmbedder.open(endpoint, call);
      return new OpenedEmbedder(
          embedder,
          "",
          endpoint.questionPrefix(),
          endpoint.passagePrefix(),
          embedder::embedWithoutSplitting);
    }
    OnnxEmbedder embedder = OnnxEmbedder.open(config.embedding().model(), execution.compute());
    return new OpenedEmbedder(
        embedder,
        embedder.pooling().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        embedder.questionPrefix(),
        embedder.passagePrefix(),
        null);
  }

  private StoreCheck store(EmbeddingCheck embedding) {
    StoreConfig store = config.store();
    String address = store.address();
    boolean made = store.remote() || LuceneChunkStore.isThere(Path.of(address));
    StoreSource source =
        made
            ? StoreSource.of(() -> Adapters.openStore(store, execution))
            : StoreSource.before(
                Path.of(address),
                folder -> LuceneChunkStore.open(new LuceneStoreConfig(folder), execution));
    return new StoreCheck(
        made ? address : address + " (not made yet)",
        store.remote() ? "milvus" : "lucene",
        source,
        StoredCorpora::all,
        embedding::model);
  }

  private LlmCheck languageModel(int index) {
    List<String> names = config.llm().name();
    return new LlmCheck(
        names.size() == 1 ? "llm" : "llm " + (index + 1),
        names.get(index),
        () -> LanguageModels.resolve(config.llm(), index, environment),
        config.limits().contextTokens(),
        DoctorChecks::ready);
  }

  /** The first use of the client takes a second, which is not the endpoint's. */
  private static OpenAiChatModel ready(ChatModelConfig endpoint) {
    OpenAiChatModel model = new OpenAiChatModel(endpoint);
    model.warmUp();
    return model;
  }

  /** What no line of the report may hold. */
  Hidden hidden() {
    Stream<String> keys =
        Stream.of(
                Stream.of(config.store().token(), config.embedding().key()),
                config.llm().key().stream(),
                Stream.of(ChatModelPreset.values())
                    .map(ChatModelPreset::keyVariable)
                    .map(this::variable),
                Stream.of(
                    variable(ChatModelPreset.AZURE_VARIABLE),
                    variable(OpenAiEmbedderConfig.KEY_VARIABLE)))
            .flatMap(part -> part);
    Stream<String> addresses =
        Stream.of(
                Stream.of(config.embedding().model()),
                config.llm().name().stream(),
                config.llm().url().stream())
            .flatMap(part -> part)
            .filter(address -> address.contains("://"));
    return Hidden.of(Stream.concat(keys, addresses));
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
