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
      Map.of("LEPTONAI_TOKEN", "t1", "OPENAI_API_KEY", "t2", "OPENROUTER_API_KEY", "t3");

  @ParameterizedTest
  @CsvSource({
    "lepton, https://mistral-7b.lepton.run/api/v1/, mistral-7b, t1",
    "Lepton, https://mistral-7b.lepton.run/api/v1/, mistral-7b, t1",
    "openai, https://api.openai.com/v1, gpt-4o-mini, t2",
    "openrouter, https://openrouter.ai/api/v1, openrouter/auto, t3",
    "ollama, http://localhost:11434/v1, llama3.2,",
    "vllm, http://localhost:8000/v1, default,",
    "llamacpp, http://localhost:8080/v1, default,",
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
  void resolve_unknownName_namesTheKnown() {
    assertThatThrownBy(() -> ChatModelConfig.resolve("chatty", null, null, KEYS))
        .asInstanceOf(type(RagException.class))
        .returns(ErrorCode.INVALID_ARGUMENT, RagException::code)
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining("lepton, openai, openrouter, ollama, vllm, llamacpp"));
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
