package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail.Precondition;
import dev.ragline.document.RagException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatModelConfigTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "LEPTONAI_TOKEN", "t1",
          "OPENAI_API_KEY", "t2",
          "OPENROUTER_API_KEY", "t3",
          "AZURE_OPENAI_API_KEY", "t4",
          "AZURE_OPENAI_ENDPOINT", "https://mine.openai.azure.com/",
          "MISTRAL_API_KEY", "t5",
          "DEEPSEEK_API_KEY", "t6");

  @ParameterizedTest
  @CsvSource({
    "lepton, https://mistral-7b.lepton.run/api/v1/, mistral-7b, t1",
    "Lepton, https://mistral-7b.lepton.run/api/v1/, mistral-7b, t1",
    "openai, https://api.openai.com/v1, gpt-4o-mini, t2",
    "openrouter, https://openrouter.ai/api/v1, openrouter/auto, t3",
    "ollama, http://localhost:11434/v1, llama3.2,",
    "vllm, http://localhost:8000/v1, default,",
    "llamacpp, http://localhost:8080/v1, default,",
    "lmstudio, http://localhost:1234/v1, default,",
    "mistral, https://api.mistral.ai/v1, mistral-small-latest, t5",
    "deepseek, https://api.deepseek.com/v1, deepseek-chat, t6",
  })
  void resolve_preset_givesItsPlaceModelAndKey(String name, String url, String model, String key) {
    ChatModelConfig config = ChatModelConfig.resolve(name, null, null, KEYS);

    assertThat(config.endpoint().baseUrl()).isEqualTo(URI.create(url));
    assertThat(config.model()).isEqualTo(model);
    assertThat(config.endpoint().apiKey()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"lepton, LEPTONAI_TOKEN", "openai, OPENAI_API_KEY", "openrouter, OPENROUTER_API_KEY"})
  void resolve_presetWithoutKey_namesTheVariable(String name, String variable) {
    assertThatThrownBy(() -> ChatModelConfig.resolve(name, null, null, Map.of(variable, " ")))
        .asInstanceOf(type(RagException.class))
        .returns(ErrorCode.FAILED_PRECONDITION, RagException::code)
        .returns("LLM_KEY_MISSING", RagException::reason)
        .satisfies(
            failure -> {
              assertThat(failure).hasMessageContaining("set " + variable);
              assertThat(failure.details()).singleElement().isInstanceOf(Precondition.class);
            });
  }

  @Test
  void resolve_azure_takesTheResourceFromTheEnvironment() {
    ChatModelConfig config = ChatModelConfig.resolve("azure", "gpt4-eu", null, KEYS);

    assertThat(config.endpoint().baseUrl())
        .isEqualTo(URI.create("https://mine.openai.azure.com/openai/v1"));
    assertThat(config.endpoint().keyHeader()).isEqualTo("api-key");
    assertThat(config.model()).isEqualTo("gpt4-eu");
  }

  @Test
  void resolve_azureAddress_keepsAPathThatIsGiven() {
    String gateway = "https://gateway.azure-api.net/ours/openai/v1";

    assertThat(ChatModelConfig.resolve("azure", "d", gateway, KEYS).endpoint().baseUrl())
        .isEqualTo(URI.create(gateway));
  }

  @ParameterizedTest
  @CsvSource({
    "azure, d, LLM_URL_MISSING, AZURE_OPENAI_ENDPOINT",
    "azure, , LLM_MODEL_MISSING, --llm-model"
  })
  void resolve_azureWithoutItsOwn_saysWhatIsMissing(
      String name, String model, String reason, String words) {
    Map<String, String> env =
        model == null ? KEYS : Map.of("AZURE_OPENAI_API_KEY", "t4", "AZURE_OPENAI_ENDPOINT", " ");
    assertThatThrownBy(() -> ChatModelConfig.resolve(name, model, null, env))
        .asInstanceOf(type(RagException.class))
        .returns(ErrorCode.FAILED_PRECONDITION, RagException::code)
        .returns(reason, RagException::reason)
        .satisfies(failure -> assertThat(failure).hasMessageContaining(words));
  }

  @ParameterizedTest
  @CsvSource({"lepton", "mistral", "deepseek"})
  void resolve_apiThatThePresetLacks_isRefused(String name) {
    assertThatThrownBy(() -> ChatModelConfig.resolve(name, null, null, ChatApi.RESPONSES, KEYS))
        .asInstanceOf(type(RagException.class))
        .returns("LLM_API_MISSING", RagException::reason);
  }

  @Test
  void named_api_isFoundInAnyCase() {
    assertThat(ChatApi.named("Responses")).isEqualTo(ChatApi.RESPONSES);
    assertThatThrownBy(() -> ChatApi.named("grpc")).hasMessageContaining("chat, responses");
  }

  @Test
  void resolve_unknownName_namesTheKnown() {
    assertThatThrownBy(() -> ChatModelConfig.resolve("chatty", null, null, KEYS))
        .asInstanceOf(type(RagException.class))
        .returns(ErrorCode.INVALID_ARGUMENT, RagException::code)
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining(
                        "lepton, openai, azure, mistral, deepseek, openrouter, ollama, vllm,"
                            + " llamacpp, lmstudio"));
  }

  @Test
  void resolve_url_takesKeyAndModelFromEnvironment() {
    Map<String, String> env = Map.of("RAGLINE_LLM_KEY", "k", "RAGLINE_LLM_MODEL", "mine");
    ChatModelConfig config = ChatModelConfig.resolve("http://10.0.0.7:9000/v1", null, null, env);

    assertThat(config.endpoint().apiKey()).isEqualTo("k");
    assertThat(config.model()).isEqualTo("mine");
    assertThat(config).asString().doesNotContain("=k").contains("http://10.0.0.7:9000");
  }

  @Test
  void resolve_urlAlone_hasNoKeyAndAsksForDefault() {
    ChatModelConfig config = ChatModelConfig.resolve("http://host/v1", null, null, Map.of());

    assertThat(config.endpoint().apiKey()).isNull();
    assertThat(config.model()).isEqualTo("default");
  }

  @Test
  void resolve_override_movesThePresetAndItsModel() {
    ChatModelConfig config =
        ChatModelConfig.resolve("lepton", "mixtral", "http://localhost:1/api/v1/", KEYS);

    assertThat(config.endpoint().baseUrl()).isEqualTo(URI.create("http://localhost:1/api/v1/"));
    assertThat(config.endpoint().apiKey()).isEqualTo("t1");
    assertThat(config.model()).isEqualTo("mixtral");
  }
}
