package dev.ragline.generation.openai;

import com.google.common.collect.ImmutableSet;
import dev.ragline.document.RagException;
import dev.ragline.upstream.Endpoint;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Endpoints that are known by name. */
public enum ChatModelPreset {
  /** Lepton AI's Mistral 7B. */
  LEPTON("https://mistral-7b.lepton.run/api/v1/", "mistral-7b", "LEPTONAI_TOKEN", Trait.ONLY_CHAT),
  OPENAI("https://api.openai.com/v1", "gpt-4o-mini", "OPENAI_API_KEY"),
  /** Version 1 of Azure's API, which every resource serves at an address of its own. */
  AZURE("", "", "AZURE_OPENAI_API_KEY", Trait.KEY_HEADER),
  MISTRAL(
      "https://api.mistral.ai/v1",
      "mistral-small-latest",
      "MISTRAL_API_KEY",
      Trait.ONLY_CHAT,
      Trait.NO_STREAM_OPTIONS),
  DEEPSEEK("https://api.deepseek.com/v1", "deepseek-chat", "DEEPSEEK_API_KEY", Trait.ONLY_CHAT),
  OPENROUTER("https://openrouter.ai/api/v1", "openrouter/auto", "OPENROUTER_API_KEY"),
  OLLAMA("http://localhost:11434/v1", "llama3.2", ChatModelConfig.KEY_VARIABLE, Trait.LOCAL),
  VLLM(
      "http://localhost:8000/v1",
      ChatModelConfig.ANY_MODEL,
      ChatModelConfig.KEY_VARIABLE,
      Trait.LOCAL),
  LLAMACPP(
      "http://localhost:8080/v1",
      ChatModelConfig.ANY_MODEL,
      ChatModelConfig.KEY_VARIABLE,
      Trait.LOCAL),
  LMSTUDIO(
      "http://localhost:1234/v1",
      ChatModelConfig.ANY_MODEL,
      ChatModelConfig.KEY_VARIABLE,
      Trait.LOCAL);

  /** The variable that holds the address of a resource at Azure. */
  public static final String AZURE_VARIABLE = "AZURE_OPENAI_ENDPOINT";

  /** What not all endpoints are like. */
  private enum Trait {
    /** Serves without a key, too. */
    LOCAL,
    /** Has no {@code /responses}. */
    ONLY_CHAT,
    /** Refuses {@code stream_options}, and tells the usage without them. */
    NO_STREAM_OPTIONS,
    /** Takes the key in a header of its own. */
    KEY_HEADER
  }

  private final String baseUrl;
  private final String model;
  private final String keyVariable;
  private final ImmutableSet<Trait> traits;

  ChatModelPreset(String baseUrl, String model, String keyVariable, Trait... traits) {
    this.baseUrl = baseUrl;
    this.model = model;
    this.keyVariable = keyVariable;
    this.traits = ImmutableSet.copyOf(traits);
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

  /**
   * What the API's paths are appended to.
   *
   * @throws RagException FAILED_PRECONDITION with reason LLM_URL_MISSING where it depends on the
   *     environment, which does not tell it
   */
  public URI baseUrl(Map<String, String> env) {
    if (this != AZURE) {
      return URI.create(baseUrl);
    }
    String resource = env.getOrDefault(AZURE_VARIABLE, "");
    if (resource.isBlank()) {
      throw RagException.failedPrecondition(
          "LLM_URL_MISSING",
          id(),
          id() + " has an address for each resource: set " + AZURE_VARIABLE);
    }
    return moved(Endpoint.parse(resource));
  }

  /** The base URL where it is served at another address. */
  URI moved(URI address) {
    boolean bare = address.getPath() == null || address.getPath().replace("/", "").isEmpty();
    return this == AZURE && bare ? address.resolve("/openai/v1") : address;
  }

  /**
   * The model that is asked for unless another one is named.
   *
   * @throws RagException FAILED_PRECONDITION with reason LLM_MODEL_MISSING where there is no usual
   *     one
   */
  public String model() {
    if (model.isEmpty()) {
      throw RagException.failedPrecondition(
          "LLM_MODEL_MISSING", id(), id() + " wants the name of a deployment: set --llm-model");
    }
    return model;
  }

  /** The environment variable that holds the key. */
  public String keyVariable() {
    return keyVariable;
  }

  /** The header that carries the key. */
  String keyHeader() {
    return traits.contains(Trait.KEY_HEADER) ? Endpoint.API_KEY : Endpoint.BEARER;
  }

  /** Whether it refuses to serve without a key. */
  public boolean needsKey() {
    return !traits.contains(Trait.LOCAL);
  }

  /** Whether it can be asked to tell how many tokens it took. */
  boolean asksForUsage() {
    return !traits.contains(Trait.NO_STREAM_OPTIONS);
  }

  /** Whether it has an API, as far as is known. */
  boolean has(ChatApi api) {
    return api == ChatApi.CHAT || !traits.contains(Trait.ONLY_CHAT);
  }
}
