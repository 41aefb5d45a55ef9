package dev.ragline.server.config;

/**
 * What reranks.
 *
 * @param model a folder with an exported cross-encoder; empty for none
 * @param threads inferences at once; 0 means as many as there are cores
 */
public record RerankConfig(String model, int threads) {
  public static final RerankConfig DEFAULT = new RerankConfig("", 0);

  public RerankConfig {
    ConfigException.require(threads >= 0, "rerank.threads", "is less than 0");
  }

  /** Whether there is a reranker. */
  public boolean configured() {
    return !model.isBlank();
  }

  /** Inferences at once on this machine. */
  public int effectiveThreads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
