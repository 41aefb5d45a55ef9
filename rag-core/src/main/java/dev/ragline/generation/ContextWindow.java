package dev.ragline.generation;

import java.util.Locale;

/**
 * How many tokens a prompt and its answer may have together, by the name of the model; from the
 * vendors' model pages, the smaller where a name stood for several over time.
 */
public final class ContextWindow {
  /** That of a model that is not known: what Ollama and llama.cpp give a model unless told. */
  public static final int UNKNOWN = 4096;

  /** Beginnings of names, the longer before the shorter. */
  private static final String TABLE =
      """
      gpt-5              272000
      gpt-4.1           1047576
      gpt-4o             128000
      gpt-4-turbo        128000
      gpt-4                8192
      gpt-3.5-turbo       16385
      o1-mini            128000
      o1                 200000
      o3                 200000
      o4-mini            200000
      mistral-large      128000
      mistral-medium     128000
      mistral-small       32000
      mistral-7b           8192
      open-mistral-nemo  128000
      open-mistral-7b     32000
      codestral           32000
      deepseek-chat       64000
      deepseek-reasoner   64000
      claude-            200000
      gemini-           1000000
      """;

  private ContextWindow() {}

  /**
   * The size of a model's context.
   *
   * @param model its name; a vendor's or an endpoint's before a slash says nothing
   */
  public static int of(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return TABLE
        .lines()
        .map(row -> row.split(" +"))
        .filter(row -> name.startsWith(row[0]))
        .mapToInt(row -> Integer.parseInt(row[1]))
        .findFirst()
        .orElse(UNKNOWN);
  }
}
