package dev.ragline.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.http.Headers;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.RateLimitException;
import com.openai.models.ErrorObject;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiFailuresTest {
  private final OpenAiFailures failures =
      new OpenAiFailures(
          Service.LLM,
          Endpoint.of("here", URI.create("http://host:1/v1?code=secret"), "KEY", Map.of()),
          "m");

  static Stream<Arguments> connections() {
    return Stream.of(
        Arguments.of(new ConnectException("Connection refused"), "LLM_UNREACHABLE"),
        Arguments.of(new NoRouteToHostException("No route"), "LLM_UNREACHABLE"),
        Arguments.of(new UnknownHostException("host"), "LLM_UNREACHABLE"),
        Arguments.of(new SSLHandshakeException("expired"), "LLM_UNREACHABLE"),
        Arguments.of(new SocketTimeoutException("Connect timed out"), "LLM_UNREACHABLE"),
        Arguments.of(new SocketTimeoutException("timeout"), "LLM_INTERRUPTED"),
        Arguments.of(new SocketException("Connection reset"), "LLM_INTERRUPTED"),
        Arguments.of(new EOFException(), "LLM_INTERRUPTED"));
  }

  @ParameterizedTest
  @MethodSource("connections")
  void of_connectionFailure_isUnavailable(IOException cause, String reason) {
    RagException failure = failures.of(new OpenAIIoException("failed", cause), Call.UNLIMITED);

    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure)
        .hasMessageStartingWith("the language model at http://host:1 ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void of_unreadableData_isInterrupted() {
    assertThat(failures.of(new OpenAIInvalidDataException("bad"), Call.UNLIMITED).reason())
        .isEqualTo("LLM_INTERRUPTED");
  }

  @Test
  void of_defect_isThrownOn() {
    IllegalStateException defect = new IllegalStateException("a bug");
    assertThatThrownBy(() -> failures.of(defect, Call.UNLIMITED)).isSameAs(defect);
  }

  @Test
  void of_ragException_isKept() {
    RagException known = RagException.invalid("field", "bad");
    assertThat(failures.of(known, Call.UNLIMITED)).isSameAs(known);
  }

  /** To ask again helps nobody whose account is empty. */
  @Test
  void of_quotaSpent_isNoRateLimit() {
    RateLimitException answer =
        RateLimitException.builder()
            .headers(Headers.builder().build())
            .error(
                ErrorObject.builder()
                    .code("insufficient_quota")
                    .message("pay")
                    .param("p")
                    .type("t")
                    .build())
            .build();

    RagException failure = failures.of(answer, Call.UNLIMITED);

    assertThat(failure.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(failure.reason()).isEqualTo("LLM_QUOTA_SPENT");
  }

  /** What LiteLLM says to a wrong key where it has no database to look it up in. */
  @Test
  void of_keyThatCannotBeLookedUp_isARefusedKey() {
    BadRequestException answer =
        BadRequestException.builder()
            .headers(Headers.builder().build())
            .error(
                ErrorObject.builder()
                    .code("400")
                    .message("No connected db.")
                    .param("p")
                    .type("no_db_connection")
                    .build())
            .build();

    RagException failure = failures.of(answer, Call.UNLIMITED);

    assertThat(failure.reason()).isEqualTo("LLM_KEY_REFUSED");
    assertThat(failure).hasMessageContaining("check KEY");
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 424, 425, 500, 503})
  void reported_passingTrouble_isUnavailable(int code) {
    RagException failure = failures.reported("{\"error\":{\"code\":" + code + "}}");

    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(failure.reason()).isEqualTo("LLM_FAILED");
  }

  @Test
  void reported_quotaSpent_isNoRateLimit() {
    RagException failure =
        failures.reported("{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"pay\"}}");

    assertThat(failure.reason()).isEqualTo("LLM_QUOTA_SPENT");
    assertThat(failure).hasMessageContaining("pay");
  }
}
