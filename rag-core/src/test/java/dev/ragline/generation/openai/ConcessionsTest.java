package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.Headers;
import com.openai.errors.BadRequestException;
import com.openai.models.ErrorObject;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.generation.ChatPrompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcessionsTest {
  private static RagException refusal(String words) {
    return new RagException(
        ErrorCode.FAILED_PRECONDITION,
        "LLM_REFUSED_REQUEST",
        words,
        BadRequestException.builder()
            .headers(Headers.builder().build())
            .error(
                ErrorObject.builder()
                    .message(words)
                    .type("invalid_request_error")
                    .code((String) null)
                    .param((String) null)
                    .build())
            .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System role not supported",
        "Only user and assistant roles are supported!",
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "This model does not support system messages",
        "'system' role is not supported",
        "Invalid role: system",
        "Only user, assistant and tool roles are supported, with the exception of an initial"
            + " optional system message: unknown role 'system'",
      })
  void after_templateWithoutASystemTurn_foldsIt(String words) {
    assertThat(Concessions.NONE.after(refusal(words)).foldedSystem()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the system is overloaded",
        "messages: the role tool is not supported",
        "the model does not support images",
        "temperature is not supported"
      })
  void after_otherRefusal_concedesNothing(String words) {
    assertThat(Concessions.NONE.after(refusal(words))).isEqualTo(Concessions.NONE);
  }

  @Test
  void of_promptWithoutSystemTurn_staysAsItIs() {
    ChatPrompt prompt = new ChatPrompt("", "why?");
    assertThat(new Concessions(false, true, false).of(prompt)).isEqualTo(prompt);
    assertThat(new Concessions(false, true, false).of(new ChatPrompt("be brief", "why?")).user())
        .isEqualTo("be brief\n\nwhy?");
  }
}
