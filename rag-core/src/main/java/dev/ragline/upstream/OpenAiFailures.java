package dev.ragline.upstream;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's failures mean to our callers. Reasons are {@code <service>_KEY_REFUSED},
 * {@code _QUOTA_SPENT}, {@code _MODEL_UNKNOWN}, {@code _REFUSED_REQUEST}, {@code _RATE_LIMITED},
 * {@code _FAILED}, {@code _UNREACHABLE}, {@code _HUNG_UP}, {@code _INTERRUPTED} and {@code
 * _UNUSABLE}.
 *
 * @param service what gives the reasons their prefix, and messages their subject
 * @param model the model that was asked for
 */
public record OpenAiFailures(Service service, Endpoint endpoint, String model) {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int PAYMENT_REQUIRED = 402;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The same of a request for another model.
   *
   * @param asked null for the one that is configured
   */
  public OpenAiFailures forModel(@Nullable String asked) {
    return asked == null ? this : new OpenAiFailures(service, endpoint, asked);
  }

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
      call.check(service.stage());
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
            && known.reason().equals(service.reason("INTERRUPTED"))
            && !(closed instanceof SocketTimeoutException)
        ? unavailable(
            "HUNG_UP", "closed the connection before it answered", RetryAfter.DEFAULT, closed)
        : known;
  }

  /** The failure that an answer's event reports; null where it reports none. */
  public @Nullable RagException reportedIn(JsonNode event) {
    ReportedError error = ReportedError.in(event);
    return error == null ? null : of(error);
  }

  /**
   * An answer turned into the service's report of a failure: what its status would mean, where it
   * tells one.
   */
  public RagException reported(JsonNode error) {
    return of(ReportedError.of(error));
  }

  /** The same of a report that may be JSON or plain words. */
  public RagException reported(String error) {
    try {
      JsonNode parsed = JSON.readTree(error);
      if (parsed.isObject() || parsed.isTextual()) {
        return reported(parsed);
      }
    } catch (JsonProcessingException e) {
      // Plain words.
    }
    return reported(TextNode.valueOf(error));
  }

  private RagException of(ReportedError error) {
    String words = UpstreamMessage.suffix(error.error(), endpoint);
    return error.status() == 0
        ? unavailable("FAILED", "broke off" + words, RetryAfter.DEFAULT, null)
        : ofStatus(
            error.status(),
            " (" + error.status() + " in its answer)" + words,
            RetryAfter.DEFAULT,
            null);
  }

  /** What came is no answer that can be read; another try may get one. */
  public RagException unreadable(String what, @Nullable Throwable cause) {
    return unavailable(
        "INTERRUPTED", "sent what cannot be read" + quoted(what), RetryAfter.DEFAULT, cause);
  }

  /** The service's own words after a colon, cut and on one line; empty for none. */
  public String quoted(String words) {
    return UpstreamMessage.suffix(TextNode.valueOf(words), endpoint);
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
    JsonNode body = answer.body().isMissing() ? null : answer.body().convert(JsonNode.class);
    return ofRefusal(answer.statusCode(), answer.headers()::values, body, answer);
  }

  /**
   * What an answer that is no success is to our caller.
   *
   * @param headers the values of the header of a name
   * @param body what it says; null for nothing
   */
  RagException ofRefusal(
      int status,
      Function<String, List<String>> headers,
      @Nullable JsonNode body,
      @Nullable Throwable cause) {
    String words = " (HTTP " + status + ")" + UpstreamMessage.suffix(body, endpoint);
    int meant = meant(status, words, body);
    Optional<ContextOverflow> overflow = ContextOverflow.in(body);
    return overflow.isPresent() && isRefusal(meant)
        ? contextExceeded(overflow.get(), words, cause)
        : ofStatus(meant, words, retryAfter(status, headers), cause);
  }

  /** The status that others would have sent. */
  private int meant(int status, String words, @Nullable JsonNode body) {
    if (isSpent(body)) {
      return PAYMENT_REQUIRED;
    }
    if (isStranger(body)) {
      return UNAUTHORIZED;
    }
    // llama.cpp takes a text that is too large for a failure of its own.
    boolean tooLarge = service != Service.LLM && status == 500 && TooLarge.isSaidIn(words);
    return tooLarge ? BAD_REQUEST : status;
  }

  private boolean isRefusal(int status) {
    return service == Service.LLM && (status == 400 || status == 413 || status == 422);
  }

  private RagException contextExceeded(
      ContextOverflow overflow, String words, @Nullable Throwable cause) {
    String reason = service.reason("CONTEXT_EXCEEDED");
    String message = subject() + " reads no prompt of that length" + words;
    List<ErrorDetail> details = new ArrayList<>(overflow.facts());
    details.add(new ErrorDetail.Precondition(reason, endpoint.name(), message));
    return new RagException(
        ErrorCode.FAILED_PRECONDITION, reason, message, cause, details.toArray(ErrorDetail[]::new));
  }

  /** OpenAI and those after it tell an empty account as if one had asked too often. */
  private static boolean isSpent(@Nullable JsonNode body) {
    return body != null && ReportedError.of(body).status() == PAYMENT_REQUIRED;
  }

  /**
   * LiteLLM without a database answers HTTP 400, "No connected db.", to every key but its own: it
   * would look for others there.
   */
  private static boolean isStranger(@Nullable JsonNode body) {
    return body != null
        && ReportedError.of(body).error().path("type").asText("").equals("no_db_connection");
  }

  private RagException ofStatus(
      int status, String words, Duration retry, @Nullable Throwable cause) {
    return switch (status) {
      case 401, 403 ->
          refused("KEY_REFUSED", "refused the key; check " + endpoint.keyVariable() + words, cause);
      case PAYMENT_REQUIRED ->
          refused("QUOTA_SPENT", "has no quota left for this key" + words, cause);
      case 404 ->
          refused("MODEL_UNKNOWN", "knows no model " + model + " at this address" + words, cause);
      case 429 -> rateLimited(words, retry, cause);
      case 408 -> unavailable("FAILED", "gave up" + words, retry, cause);
      // A conflict, a model behind the server that failed (text-embeddings-inference), too early.
      case 409, 424, 425 -> unavailable("FAILED", "failed" + words, retry, cause);
      default ->
          status >= 500
              ? unavailable("FAILED", "failed" + words, retry, cause)
              : refused("REFUSED_REQUEST", "did not accept the request" + words, cause);
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

  private RagException rateLimited(String words, Duration retry, @Nullable Throwable cause) {
    String message = subject() + " is asked too often" + words;
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        service.reason("RATE_LIMITED"),
        message,
        cause,
        new ErrorDetail.Quota(endpoint.name(), message),
        new ErrorDetail.Retry(retry));
  }

  private RagException unavailable(
      String reason, String what, Duration retry, @Nullable Throwable cause) {
    return RagException.unavailable(service.reason(reason), subject() + " " + what, retry, cause);
  }

  private RagException refused(String reason, String what, @Nullable Throwable cause) {
    String message = subject() + " " + what;
    return new RagException(
        ErrorCode.FAILED_PRECONDITION,
        service.reason(reason),
        message,
        cause,
        new ErrorDetail.Precondition(service.reason(reason), endpoint.name(), message));
  }

  private static Duration retryAfter(int status, Function<String, List<String>> headers) {
    return status == 429
        ? RetryAfter.ofRateLimit(headers, Instant.now())
        : RetryAfter.of(headers, Instant.now());
  }

  private String subject() {
    return service.title() + " at " + endpoint.origin();
  }
}
