package dev.ragline.server.config;

/**
 * All that can be configured, a record a feature. A component is the key {@code feature.key} in
 * YAML, with dashes for capitals, and {@code RAGLINE_FEATURE_KEY} in the environment.
 */
public record RaglineConfig(
    ServerConfig server,
    ComputeConfig compute,
    StoreConfig store,
    EmbeddingConfig embedding,
    RerankConfig rerank,
    LlmConfig llm,
    IngestLimits ingest,
    AnswersConfig answers,
    LimitsConfig limits) {
  /** What runs when nothing is said. */
  public static final RaglineConfig DEFAULT =
      new RaglineConfig(
          ServerConfig.DEFAULT,
          ComputeConfig.DEFAULT,
          StoreConfig.DEFAULT,
          EmbeddingConfig.DEFAULT,
          RerankConfig.DEFAULT,
          LlmConfig.DEFAULT,
          IngestLimits.DEFAULT,
          AnswersConfig.DEFAULT,
          LimitsConfig.DEFAULT);

  public RaglineConfig {
    ConfigException.require(
        !store.remote() || store.abandonedSeconds() > server.maxCallSeconds(),
        "store.abandoned-seconds",
        "is not more than server.max-call-seconds: a write that still runs would lose its rows");
  }
}
