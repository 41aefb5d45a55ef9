package dev.ragline.server.config;

/**
 * What writes answers.
 *
 * @param name a preset's name or the http(s) URL of an OpenAI-compatible endpoint; empty quotes
 *     from the passages instead
 * @param url goes before the preset's own URL when not empty
 * @param model goes before the preset's own model when not empty
 * @param key the key of an endpoint given by URL; presets have variables of their own
 */
public record LlmConfig(String name, String url, String model, String key) {
  public static final LlmConfig DEFAULT = new LlmConfig("", "", "", "");

  /** Whether a language model writes, and not the quoter. */
  public boolean configured() {
    return !name.isBlank();
  }

  @Override
  public String toString() {
    return "LlmConfig[name=" + name + ", model=" + model + "]";
  }
}
