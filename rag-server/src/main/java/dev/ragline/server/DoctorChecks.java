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
import dev.ragline.ranking.remote.RemoteReranker;
import dev.ragline.ranking.remote.RemoteRerankerConfig;
import dev.ragline.server.config.EmbeddingConfig;
import dev.ragline.server.config.LlmConfig;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.config.RerankConfig;
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
import java.util.stream.IntStream;
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
    List<EmbeddingCheck> embeddings = embeddings();
    checks.addAll(embeddings);
    checks.addAll(rerankers());
    checks.add(store(embeddings.getFirst()));
    LlmConfig llm = config.llm();
    for (int i = 0; i < llm.name().size(); i++) {
      checks.add(languageModel(i));
    }
    return checks;
  }

  private List<EmbeddingCheck> embeddings() {
    EmbeddingConfig embedding = config.embedding();
    if (!embedding.remote()) {
      boolean folder = Files.isDirectory(Path.of(embedding.model()));
      return List.of(
          new EmbeddingCheck(
              "embedding",
              () -> folder ? embedding.model() : "in this process",
              "onnx",
              call -> openFolder(embedding.model())));
    }
    int count = 1 + embedding.fallbackUrls().size();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new EmbeddingCheck(
                    numbered("embedding", i, count),
                    () -> embeddingEndpoint(i).endpoints().getFirst().origin(),
                    "openai",
                    call -> openUrl(embeddingEndpoint(i), call)))
        .toList();
  }

  private static String numbered(String what, int index, int count) {
    return count == 1 ? what : what + " " + (index + 1);
  }

  private OpenAiEmbedderConfig embeddingEndpoint(int index) {
    OpenAiEmbedderConfig all = Adapters.endpoint(config.embedding(), environment);
    return all.at(all.endpoints().get(index));
  }

  private OpenedEmbedder openUrl(OpenAiEmbedderConfig endpoint, Call call) {
    OpenAiEmbedder embedder = OpenAiEmbedder.open(endpoint, execution.waiting(), call);
    return new OpenedEmbedder(
        embedder,
        "",
        endpoint.prefixes().question(),
        endpoint.prefixes().passage(),
        embedder::embedWithoutSplitting);
  }

  private OpenedEmbedder openFolder(String model) {
    OnnxEmbedder embedder = OnnxEmbedder.open(model, execution.compute());
    return new OpenedEmbedder(
        embedder,
        embedder.pooling().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        embedder.questionPrefix(),
        embedder.passagePrefix(),
        null);
  }

  private List<RerankerCheck> rerankers() {
    RerankConfig rerank = config.rerank();
    if (!rerank.configured()) {
      return List.of();
    }
    if (!rerank.remote()) {
      Path folder = Path.of(rerank.model());
      return List.of(
          new RerankerCheck(
              "reranker",
              rerank.model(),
              "onnx",
              call -> OnnxReranker.open(folder, execution.compute())));
    }
    RemoteRerankerConfig all = Adapters.endpoint(rerank, environment);
    int count = all.endpoints().size();
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new RerankerCheck(
                    numbered("reranker", i, count),
                    all.endpoints().get(i).origin(),
                    "rerank",
                    call ->
                        RemoteReranker.open(
                            all.at(all.endpoints().get(i)), execution.waiting(), call)))
        .toList();
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
        numbered("llm", index, names.size()),
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
                Stream.of(config.store().token(), config.embedding().key(), config.rerank().key()),
                config.llm().key().stream(),
                Stream.of(ChatModelPreset.values())
                    .map(ChatModelPreset::keyVariable)
                    .map(this::variable),
                Stream.of(
                    variable(ChatModelPreset.AZURE_VARIABLE),
                    variable(OpenAiEmbedderConfig.KEY_VARIABLE),
                    variable(RemoteRerankerConfig.KEY_VARIABLE)))
            .flatMap(part -> part);
    Stream<String> addresses =
        Stream.of(
                Stream.of(config.embedding().model(), config.rerank().model()),
                config.embedding().fallbackUrls().stream(),
                config.rerank().fallbackUrls().stream(),
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
