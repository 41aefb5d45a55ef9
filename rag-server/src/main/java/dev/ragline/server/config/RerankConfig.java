package dev.ragline.server.config;

/**
 * What reranks.
 *
 * @param model a folder with an exported cross-encoder; empty for none
 */
public record RerankConfig(String model) {
  public static final RerankConfig DEFAULT = new RerankConfig("");

  /** Whether there is a reranker. */
  public boolean configured() {
    return !model.isBlank();
  }
}
