package dev.ragline.generation.openai;

import dev.ragline.call.Call;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.testing.ScriptedLlmTest;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Chats with a scripted server in another process. */
abstract class ScriptedChatTest extends ScriptedLlmTest {
  static final String KEY = "sk-very-secret";
  static final ChatPrompt PROMPT =
      new ChatPrompt("Answer from the sources.", "[1] Segments are sealed.\nWhat is sealed?");

  ChatModelConfig config(String script) {
    return config(llm.baseUrl(script), Duration.ofSeconds(60));
  }

  static ChatModelConfig config(String baseUrl, Duration silence) {
    return ChatModelConfig.resolve(baseUrl, "m", null, Map.of("RAGLINE_LLM_KEY", KEY))
        .withTimeouts(Duration.ofSeconds(5), silence);
  }

  ChatOutcome chat(ChatModelConfig config, Call call, Consumer<String> text) {
    try (OpenAiChatModel model = new OpenAiChatModel(config)) {
      return model.chat(PROMPT, call, text);
    }
  }

  ChatOutcome chat(String script, Call call, Consumer<String> text) {
    return chat(config(script), call, text);
  }
}
