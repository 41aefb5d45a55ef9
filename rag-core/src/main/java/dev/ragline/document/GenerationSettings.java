package dev.ragline.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is written; what is null, or empty, is left to whoever comes next: the corpus, the
 * server, and at last the model.
 *
 * @param model as its endpoint calls it
 * @param temperature 0…2
 * @param seed for answers that can be had again, as far as the model can
 * @param maxTokens the most that the answer takes, a model's thoughts included
 * @param stop texts before which the model stops; at most 4 of 256 chars
 * @param system the standing instruction; at most 16 KiB in chars
 * @param template what holds passages and question
 * @param language what to answer in
 * @param schema the JSON that the answer is to be
 */
public record GenerationSettings(
    @Nullable String model,
    @Nullable Double temperature,
    @Nullable Long seed,
    @Nullable Integer maxTokens,
    List<String> stop,
    @Nullable String system,
    @Nullable PromptTemplate template,
    @Nullable AnswerLanguage language,
    @Nullable AnswerSchema schema) {
  /** Nothing is said. */
  public static final GenerationSettings NONE =
      new GenerationSettings(null, null, null, null, List.of(), null, null, null, null);

  private static final int MOST_STOPS = 4;
  private static final int LONGEST_STOP = 256;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_SYSTEM = 16 << 10;

  /**
   * @throws RagException INVALID_ARGUMENT for the field that breaks its rule
   */
  public GenerationSettings {
    stop = List.copyOf(stop);
    require(
        model == null || (!model.isBlank() && model.length() <= LONGEST_NAME),
        "model",
        "must be 1 to " + LONGEST_NAME + " characters");
    require(
        temperature == null || (temperature >= 0 && temperature <= 2),
        "temperature",
        "must be 0 to 2");
    require(maxTokens == null || maxTokens >= 1, "max_tokens", "must be at least 1");
    require(stop.size() <= MOST_STOPS, "stop", "at most " + MOST_STOPS);
    require(
        stop.stream().allMatch(it -> !it.isEmpty() && it.length() <= LONGEST_STOP),
        "stop",
        "must be 1 to " + LONGEST_STOP + " characters each");
    require(
        system == null || (!system.isBlank() && system.length() <= LONGEST_SYSTEM),
        "system",
        "must be 1 to " + LONGEST_SYSTEM + " characters");
  }

  private static void require(boolean holds, String field, String description) {
    if (!holds) {
      throw RagException.invalid(field, description);
    }
  }

  /** These settings, and for what they leave open those of {@code other}. */
  public GenerationSettings or(GenerationSettings other) {
    return new GenerationSettings(
        first(model, other.model),
        first(temperature, other.temperature),
        first(seed, other.seed),
        first(maxTokens, other.maxTokens),
        stop.isEmpty() ? other.stop : stop,
        first(system, other.system),
        first(template, other.template),
        first(language, other.language),
        first(schema, other.schema));
  }

  private static <T> @Nullable T first(@Nullable T value, @Nullable T otherwise) {
    return value != null ? value : otherwise;
  }

  /** The names of what is set, as the wire has them. */
  public List<String> named() {
    List<String> names = new ArrayList<>();
    add(names, "model", model);
    add(names, "temperature", temperature);
    add(names, "seed", seed);
    add(names, "max_tokens", maxTokens);
    add(names, "stop", stop.isEmpty() ? null : stop);
    add(names, "system", system);
    add(names, "template", template);
    add(names, "answer_language", language);
    add(names, "response_schema", schema);
    return names;
  }

  private static void add(List<String> names, String name, @Nullable Object value) {
    if (value != null) {
      names.add(name);
    }
  }
}
