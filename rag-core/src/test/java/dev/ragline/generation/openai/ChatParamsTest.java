package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // seed and max_tokens, by OpenAI alone
class ChatParamsTest {
  private static ChatCompletionCreateParams params(String endpoint) {
    ChatOptions options = new ChatOptions(null, null, 7L, 100, List.of(), null);
    ChatPrompt prompt = new ChatPrompt("s", List.of(), "u", options);
    return ChatParams.of("m", prompt, Dialect.of(endpoint)).build();
  }

  @Test
  void of_limitAndSeed_areCalledAsTheEndpointCallsThem() {
    for (String openAi : List.of("openai", "azure")) {
      assertThat(params(openAi).maxCompletionTokens()).contains(100L);
      assertThat(params(openAi).maxTokens()).isEmpty();
      assertThat(params(openAi).seed()).contains(7L);
    }
    assertThat(params("mistral").maxTokens()).contains(100L);
    assertThat(params("mistral").seed()).isEmpty();
    assertThat(params("mistral")._additionalBodyProperties()).containsKey("random_seed");
    assertThat(params("localhost").maxTokens()).contains(100L);
    assertThat(params("localhost").maxCompletionTokens()).isEmpty();
    assertThat(params("localhost").seed()).contains(7L);
  }
}
