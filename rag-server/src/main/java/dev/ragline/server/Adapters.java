package dev.ragline.server;

import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.extractive.ExtractiveWriter;
import dev.ragline.answering.grounded.GroundedWriter;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.embedding.openai.OpenAiEmbedder;
import dev.ragline.embedding.openai.OpenAiEmbedderConfig;
import dev.ragline.execution.Execution;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.FailoverChatModel;
import dev.ragline.generation.MeteredChatModel;
import dev.ragline.generation.TokenCount;
import dev.ragline.generation.openai.OpenAiChatModel;
import dev.ragline.ranking.Reranker;
import dev.ragline.ranking.onnx.OnnxReranker;
import dev.ragline.ranking.remote.RemoteReranker;
import dev.ragline.ranking.remote.RemoteRerankerConfig;
import dev.ragline.server.config.EmbeddingConfig;
import dev.ragline.server.config.LlmConfig;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.config.RerankConfig;
import dev.ragline.server.config.StoreConfig;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.store.milvus.MilvusChunkStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What stands behind the core's ports, chosen by the configuration and opened. Opening reads files
 * and loads models, so it happens here, in the open, and not inside the injector.
 *
 * @param chatModel null where no language model is configured; closed by the writer
 */
record Adapters(
    ChunkStore store,
    Embedder embedder,
    @Nullable Reranker reranker,
    @Nullable ChatModel chatModel,
    AnswerWriter writer)
    implements AutoCloseable {
  /** How long a model behind a URL may take to show what it is. */
  private static final Duration PROBE_TIME = Duration.ofSeconds(30);

  /**
   * Opens all that is configured, the store and the model at the same time.
   *
   * @throws RagException when something cannot be opened; what was opened is closed again
   */
  static Adapters open(RaglineConfig config, Map<String, String> environment, Execution execution) {
    // Else two threads may log first at the same time, of which SLF4J tells on standard error.
    var _ = LoggerFactory.getILoggerFactory();
    CompletableFuture<ChunkStore> opening =
        CompletableFuture.supplyAsync(
            () -> openStore(config.store(), execution),
            task -> execution.waiting().start("open-store", task));
    Embedder embedder = null;
    Reranker reranker = null;
    try {
      embedder = openEmbedder(config.embedding(), environment, execution);
      reranker = openReranker(config.rerank(), environment, execution);
      ChatModel chatModel = openChatModel(config.llm(), environment, execution);
      AnswerWriter writer =
          chatModel == null
              ? new ExtractiveWriter(execution.compute())
              : new GroundedWriter(chatModel, config.limits().generation());
      return new Adapters(opening.join(), embedder, reranker, chatModel, writer);
    } catch (RuntimeException e) {
      if (reranker != null) {
        reranker.close();
      }
      if (embedder != null) {
        embedder.close();
      }
      opening.handle((store, failure) -> closeIfOpen(store)).join();
      throw e instanceof CompletionException && e.getCause() instanceof RagException cause
          ? cause
          : e;
    }
  }

  private static boolean closeIfOpen(@Nullable ChunkStore store) {
    if (store != null) {
      store.close();
    }
    return store != null;
  }

  /**
   * Opens a store.
   *
   * @throws RagException when it cannot be opened
   */
  static ChunkStore openStore(StoreConfig config, Execution execution) {
    return config.remote()
        ? MilvusChunkStore.open(MilvusSettings.of(config), execution)
        : LuceneChunkStore.open(
            new LuceneStoreConfig(Path.of(config.address()), config.maxOpenCorpora()), execution);
  }

  private static Embedder openEmbedder(
      EmbeddingConfig config, Map<String, String> environment, Execution execution) {
    if (config.remote()) {
      return OpenAiEmbedder.open(
          endpoint(config, environment), execution.waiting(), Call.within(PROBE_TIME));
    }
    return OnnxEmbedder.open(config.model(), execution.compute());
  }

  /**
   * How an embedding model that is remote is asked.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  static OpenAiEmbedderConfig endpoint(EmbeddingConfig config, Map<String, String> environment) {
    return config.endpoint(with(environment, OpenAiEmbedderConfig.KEY_VARIABLE, config.key()));
  }

  /**
   * How a reranking model that is remote is asked.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  static RemoteRerankerConfig endpoint(RerankConfig config, Map<String, String> environment) {
    return config.endpoint(with(environment, RemoteRerankerConfig.KEY_VARIABLE, config.key()));
  }

  private static @Nullable Reranker openReranker(
      RerankConfig config, Map<String, String> environment, Execution execution) {
    if (config.remote()) {
      return RemoteReranker.open(
          endpoint(config, environment), execution.waiting(), Call.within(PROBE_TIME));
    }
    return config.configured()
        ? OnnxReranker.open(Path.of(config.model()), execution.compute())
        : null;
  }

  private static @Nullable ChatModel openChatModel(
      LlmConfig config, Map<String, String> environment, Execution execution) {
    if (!config.configured()) {
      return null;
    }
    List<OpenAiChatModel> models = LanguageModels.of(config, environment);
    // Its first use costs a second of class loading, which no question should have to wait for.
    var _ = execution.waiting().start("warm-up", () -> warmUp(models.getFirst()));
    return new MeteredChatModel(new FailoverChatModel(models, LanguageModels.failover(config)));
  }

  private static void warmUp(OpenAiChatModel model) {
    model.warmUp();
    var _ = TokenCount.of("ready");
  }

  private static Map<String, String> with(
      Map<String, String> environment, String variable, String value) {
    Map<String, String> extended = new HashMap<>(environment);
    if (!value.isBlank()) {
      extended.put(variable, value);
    }
    return extended;
  }

  /** Closes what was opened, the last first. */
  @Override
  public void close() {
    writer.close();
    if (reranker != null) {
      reranker.close();
    }
    embedder.close();
    store.close();
  }
}
