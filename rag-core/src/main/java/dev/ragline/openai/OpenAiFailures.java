package dev.ragline.openai;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's failures mean to our callers. Reasons are {@code <prefix>_KEY_REFUSED}, {@code
 * _MODEL_UNKNOWN}, {@code _REFUSED_REQUEST}, {@code _RATE_LIMITED}, {@code _FAILED}, {@code
 * _UNREACHABLE}, {@code _HUNG_UP}, {@code _INTERRUPTED} and {@code _UNUSABLE}.
 *
 * @param prefix of the reasons, {@code LLM} or {@code EMBEDDING}
 * @param service what it is, for messages: "the language model"
 * @param stage what a passed deadline stopped
 * @param model the model that was asked for
 */
public record OpenAiFailures(
    String prefix, String service, String stage, Endpoint endpoint, String model) {

  /** What {@code failure}, thrown by the client, is to our caller. */
  public RagException of(RuntimeException failure, Call call) {
    if (failure instanceof RagException known) {
      return known;
    }
    if (failure instanceof OpenAIServiceException answer) {
      return ofStatus(answer);
    }
    // The caller going away and the deadline both look like a broken connection.
    try {
      call.check(stage);
    } catch (RagException e) {
      return e;
    }
    IOException io = ioCause(failure);
    if (io != null) {
      return ofConnection(io);
    }
    if (failure instanceof OpenAIException) {
      return interrupted("sent what cannot be read", failure);
    }
    throw failure;
  }

  /**
   * The same of a call that has not been answered by a single byte. A connection that closes then
   * gives {@code _HUNG_UP}: the service may have ended it while it was idle, and may never have
   * read the request.
   */
  public RagException ofOpening(RuntimeException failure, Call call) {
    RagException known = of(failure, call);
    return known.getCause() instanceof IOException closed
            && known.reason().equals(prefix + "_INTERRUPTED")
            && !(closed instanceof SocketTimeoutException)
        ? unavailable(
            "HUNG_UP", "closed the connection before it answered", RetryAfter.DEFAULT, closed)
        : known;
  }

  /** An answer turned into the service's report of a failure of its own. */
  public RagException brokenOff(JsonNode error) {
    return unavailable(
        "FAILED", "broke off" + UpstreamMessage.suffix(error, endpoint), RetryAfter.DEFAULT, null);
  }

  /** The answer broke off before it was whole; another try may get it. */
  public RagException interrupted(String what, @Nullable Throwable cause) {
    return unavailable("INTERRUPTED", what, RetryAfter.DEFAULT, cause);
  }

  /** The answer came, but nothing can be done with it. */
  public RagException unusable(String what) {
    return unavailable("UNUSABLE", what, RetryAfter.DEFAULT, null);
  }

  /** What answers is not the service that was configured. */
  public RagException notTheService(String what) {
    return refused("UNUSABLE", what + "; check its address", null);
  }

  private RagException ofStatus(OpenAIServiceException answer) {
    int status = answer.statusCode();
    String words = " (HTTP " + status + ")" + UpstreamMessage.suffix(answer, endpoint);
    return switch (status) {
      case 401, 403 ->
          refused(
              "KEY_REFUSED", "refused the key; check " + endpoint.keyVariable() + words, answer);
      case 404 ->
          refused("MODEL_UNKNOWN", "knows no model " + model + " at this address" + words, answer);
      case 429 -> rateLimited(words, answer);
      case 408 -> failed("gave up" + words, answer);
      default ->
          status >= 500
              ? failed("failed" + words, answer)
              : refused("REFUSED_REQUEST", "did not accept the request" + words, answer);
    };
  }

  private RagException ofConnection(IOException cause) {
    if (isUnreachable(cause)) {
      return unavailable("UNREACHABLE", "cannot be reached", RetryAfter.DEFAULT, cause);
    }
    if (cause instanceof SocketTimeoutException) {
      return interrupted("was silent for " + endpoint.silence().toMillis() + " ms", cause);
    }
    return interrupted("closed the connection before its answer was whole", cause);
  }

  private static boolean isUnreachable(IOException cause) {
    return cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException
        || (cause instanceof SocketTimeoutException timeout && isConnectTimeout(timeout));
  }

  /** The JDK has one type for both timeouts; only its words tell them apart. */
  private static boolean isConnectTimeout(SocketTimeoutException timeout) {
    String message = timeout.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains("connect");
  }

  private static @Nullable IOException ioCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JacksonException) {
        return null;
      }
      if (cause instanceof IOException io) {
        return io;
      }
    }
    return null;
  }

  private RagException rateLimited(String words, OpenAIServiceException answer) {
    String message = subject() + " is asked too often" + words;
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        prefix + "_RATE_LIMITED",
        message,
        answer,
        new ErrorDetail.Quota(endpoint.name(), message),
        new ErrorDetail.Retry(retryAfter(answer)));
  }

  private RagException failed(String what, OpenAIServiceException answer) {
    return unavailable("FAILED", what, retryAfter(answer), answer);
  }

  private RagException unavailable(
      String reason, String what, Duration retry, @Nullable Throwable cause) {
    return RagException.unavailable(prefix + "_" + reason, subject() + " " + what, retry, cause);
  }

  private RagException refused(String reason, String what, @Nullable Throwable cause) {
    String message = subject() + " " + what;
    return new RagException(
        ErrorCode.FAILED_PRECONDITION,
        prefix + "_" + reason,
        message,
        cause,
        new ErrorDetail.Precondition(prefix + "_" + reason, endpoint.name(), message));
  }

  private static Duration retryAfter(OpenAIServiceException answer) {
    return answer.statusCode() == 429
        ? RetryAfter.ofRateLimit(answer.headers()::values, Instant.now())
        : RetryAfter.of(answer.headers()::values, Instant.now());
  }

  private String subject() {
    return service + " at " + endpoint.origin();
  }
}
