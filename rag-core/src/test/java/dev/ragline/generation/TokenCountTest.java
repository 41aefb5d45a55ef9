package dev.ragline.generation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCountTest {
  @Test
  void of_texts_areCountedAsTheVocabularyHasThem() {
    assertThat(TokenCount.of("")).isZero();
    assertThat(TokenCount.of("Hello, world!")).isEqualTo(4);
    assertThat(TokenCount.of("<|endoftext|>")).isGreaterThan(1);
  }

  @Test
  void of_halfASurrogatePair_isCountedAsItIsSent() {
    assertThat(TokenCount.of("a \uD83D b")).isEqualTo(TokenCount.of("a ? b"));
  }

  @Test
  void of_aWordWithoutEnd_isNotOneToken() {
    assertThat(TokenCount.of("Zm9v".repeat(1000))).isGreaterThan(1000);
    assertThat(TokenCount.of("日本語".repeat(1000))).isGreaterThan(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o-mini, 128000",
    "openai/gpt-4.1-mini, 1047576",
    "lepton/mistral-7b, 8192",
    "gpt-4, 8192",
    "ollama/llama3.2, 4096",
    "vllm/default, 4096"
  })
  void window_models_areKnownByTheBeginningOfTheirNames(String model, int tokens) {
    assertThat(ContextWindow.of(model)).isEqualTo(tokens);
  }
}
