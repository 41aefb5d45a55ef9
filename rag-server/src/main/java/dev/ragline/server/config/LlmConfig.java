package dev.ragline.server.config;

import static dev.ragline.server.config.ConfigException.require;

import java.util.List;

/**
 * What writes answers. The first five are lists in the same order, an entry for each endpoint; an
 * empty entry, or no list at all, leaves things as they usually are.
 *
 * @param name presets' names or the http(s) URLs of OpenAI-compatible endpoints, the preferred one
 *     first; empty quotes from the passages instead
 * @param url go before the presets' own URLs
 * @param model go before the presets' own models
 * @param key the keys of endpoints given by URL; presets have variables of their own
 * @param api {@code chat} or {@code responses}
 * @param maxAnswerBytes of text; an answer that goes on is cut off
 * @param connectSeconds how long connecting may take
 * @param silenceSeconds how long an endpoint may be silent
 * @param maxConcurrent answers at once that an endpoint is asked for at most
 * @param queueSeconds how long an answer waits for its turn
 * @param breakerSeconds how long an endpoint that keeps failing is left alone; 0 never does so
 */
public record LlmConfig(
    List<String> name,
    List<String> url,
    List<String> model,
    List<String> key,
    List<String> api,
    int maxAnswerBytes,
    int connectSeconds,
    int silenceSeconds,
    int maxConcurrent,
    int queueSeconds,
    int breakerSeconds) {
  public static final LlmConfig DEFAULT =
      new LlmConfig(
          List.of(), List.of(), List.of(), List.of(), List.of(), 256 << 10, 10, 120, 256, 30, 15);

  public LlmConfig {
    name = List.copyOf(name);
    url = List.copyOf(url);
    model = List.copyOf(model);
    key = List.copyOf(key);
    api = List.copyOf(api);
    require(name.stream().noneMatch(String::isBlank), "llm.name", "has an empty entry");
    requireOneEach(name, url, "llm.url");
    requireOneEach(name, model, "llm.model");
    requireOneEach(name, key, "llm.key");
    requireOneEach(name, api, "llm.api");
    for (String each : api) {
      require(
          List.of("", "chat", "responses").contains(each), "llm.api", "is not chat or responses");
    }
    require(maxAnswerBytes > 0, "llm.max-answer-bytes", "is less than 1");
    require(connectSeconds > 0, "llm.connect-seconds", "is less than 1");
    require(silenceSeconds > 0, "llm.silence-seconds", "is less than 1");
    require(maxConcurrent > 0, "llm.max-concurrent", "is less than 1");
    require(queueSeconds >= 0, "llm.queue-seconds", "is less than 0");
    require(breakerSeconds >= 0, "llm.breaker-seconds", "is less than 0");
  }

  /** A single value may stand there before anything is named, by the environment for example. */
  private static void requireOneEach(List<String> names, List<String> values, String key) {
    require(
        values.isEmpty() || values.size() == Math.max(1, names.size()),
        key,
        "has "
            + values.size()
            + " entries for "
            + names.size()
            + " of llm.name: give one each, in the same order, empty for the usual");
  }

  /** Whether a language model writes, and not the quoter. */
  public boolean configured() {
    return !name.isEmpty();
  }

  /** The entry for the endpoint at {@code index}; empty where nothing is said. */
  public static String entry(List<String> values, int index) {
    return index < values.size() ? values.get(index) : "";
  }

  @Override
  public String toString() {
    return "LlmConfig[name=" + name + ", model=" + model + "]";
  }
}
