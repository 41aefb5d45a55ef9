package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.models.ModelServer;
import org.junit.jupiter.api.Test;

/** The main job on llama.cpp, which answers and embeds. */
@TakesMinutes
class LlamaCppIT extends ModelServersContract {
  private static final int EMBEDDED_TOKENS = 512;

  LlamaCppIT() {
    // It reads two hundred tokens a second, and the whole FAQ has six thousand.
    super("default", "smollm2", "performance_faq.md");
  }

  @Override
  ModelServer startLlm() {
    return ModelServer.llamaCpp(CONTEXT_TOKENS);
  }

  @Override
  ModelServer startEmbeddings() {
    return ModelServer.llamaCppEmbeddings(EMBEDDED_TOKENS);
  }

  @Test
  void ask_anotherModel_isAnsweredByTheOneThereIs() {
    assertThat(askModel("no-such-model").getText()).isNotBlank();
  }
}
