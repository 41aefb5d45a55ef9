package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNamesTest {
  @ParameterizedTest
  @CsvSource({
    "/srv/models/SmolLM2-135M.Q4_1.gguf, default, SmolLM2-135M.Q4_1.gguf",
    "/srv/models/SmolLM2-135M.Q4_1.gguf, /srv/models/SmolLM2-135M.Q4_1.gguf,"
        + " SmolLM2-135M.Q4_1.gguf",
    "C:\\models\\qwen.GGUF, default, qwen.GGUF",
    "C:/models/qwen.bin, default, qwen.bin",
    "\\\\host\\models\\qwen.safetensors, default, qwen.safetensors",
    "/srv/models/mistral-7b, default, mistral-7b",
    "/srv/models/mistral-7b/, default, mistral-7b",
    "/srv/models/mistral-7b, /srv/models/mistral-7b, /srv/models/mistral-7b",
    "mistralai/Mistral-7B, default, mistralai/Mistral-7B",
    "mistralai/Mistral-7B.gguf, default, mistralai/Mistral-7B.gguf",
    "models/qwen.gguf, default, models/qwen.gguf",
    "gpt-4o-mini, gpt-4o-mini, gpt-4o-mini",
    "/, default, /",
    "//, default, //",
  })
  void shown_pathOfWeights_losesItsFolders(String told, String asked, String shown) {
    assertThat(ModelNames.shown(told, asked)).isEqualTo(shown);
  }
}
