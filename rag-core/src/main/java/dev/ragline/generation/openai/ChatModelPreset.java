package dev.ragline.generation.openai;

import dev.ragline.document.RagException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Endpoints that are known by name. */
public enum ChatModelPreset {
  /** Lepton AI's Mistral 7B. */
  LEPTON("https://mistral-7b.lepton.run/api/v1/", "mistral-7b", "LEPTONAI_TOKEN", true),
  OPENAI("https://api.openai.com/v1", "gpt-4o-mini", "OPENAI_API_KEY", true),
  OPENROUTER("https://openrouter.ai/api/v1", "openrouter/auto", "OPENROUTER_API_KEY", true),
  OLLAMA("http://localhost:11434/v1", "llama3.2", ChatModelConfig.KEY_VARIABLE, false),
  VLLM("http://localhost:8000/v1", ChatModelConfig.ANY_MODEL, ChatModelConfig.KEY_VARIABLE, false),
  LLAMACPP(
      "http://localhost:8080/v1", ChatModelConfig.ANY_MODEL, ChatModelConfig.KEY_VARIABLE, false);

  private final URI baseUrl;
  private final String model;
  private final String keyVariable;
  private final boolean needsKey;

  ChatModelPreset(String baseUrl, String model, String keyVariable, boolean needsKey) {
    this.baseUrl = URI.create(baseUrl);
    this.model = model;
    this.keyVariable = keyVariable;
    this.needsKey = needsKey;
  }

  /**
   * The preset of that name, in whatever case.
   *
   * @throws RagException INVALID_ARGUMENT, naming those there are
   */
  public static ChatModelPreset named(String name) {
    return Arrays.stream(values())
        .filter(preset -> preset.id().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                RagException.invalid(
                    "llm",
                    "there is no preset of this name; take a URL or one of "
                        + Arrays.stream(values())
                            .map(ChatModelPreset::id)
                            .collect(Collectors.joining(", "))));
  }

  /** Its name as written on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the API's paths are appended to. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** The model that is asked for unless another one is named. */
  public String model() {
    return model;
  }

  /** The environment variable that holds the key. */
  public String keyVariable() {
    return keyVariable;
  }

  /** Whether it refuses to serve without a key. */
  public boolean needsKey() {
    return needsKey;
  }
}
