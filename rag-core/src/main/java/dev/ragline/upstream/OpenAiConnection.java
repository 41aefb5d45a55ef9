package dev.ragline.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import dev.ragline.call.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * A client of one endpoint that does what it is told and no more: no retry of a failed answer (see
 * {@link ReusedConnections} for connections that the service closed), no redirect (a key must not
 * travel), no telemetry headers, no logging of bodies.
 */
public final class OpenAiConnection implements AutoCloseable {
  /** Longer than any caller waits, and still a number that the client's timers can hold. */
  private static final Duration FOREVER = Duration.ofDays(1);

  private static final long LONGEST_REPLY = 16 << 20;
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Endpoint endpoint;
  private final OkHttpClient http;
  private final OpenAIClient client;

  private OpenAiConnection(Endpoint endpoint, OkHttpClient.Builder http) {
    this.endpoint = endpoint;
    // One connection an answer: in HTTP/2 an interrupted thread cannot send the frame that takes
    // its stream back, so that the upstream would write on, and the client reads 16 MiB ahead.
    this.http =
        http.protocols(List.of(Protocol.HTTP_1_1))
            .socketFactory(new PromptSockets())
            .followRedirects(false)
            .followSslRedirects(false)
            .build();
    this.client =
        OpenAIOkHttpClient.builder()
            .okHttpClient(this.http)
            .baseUrl(endpoint.baseUrl().toString())
            .apiKey(endpoint.apiKey() == null ? "none" : endpoint.apiKey())
            .maxRetries(0)
            .disableTelemetry(true)
            .logLevel(LogLevel.OFF)
            .build();
  }

  /** A client of the endpoint. Opens nothing until it is used. */
  public static OpenAiConnection open(Endpoint endpoint) {
    return new OpenAiConnection(endpoint, keyed(endpoint));
  }

  /** A client that reads of a refusal no more than can be told. */
  public static OpenAiConnection openForAnswers(Endpoint endpoint) {
    return new OpenAiConnection(
        endpoint, keyed(endpoint).addInterceptor(new ShortRefusals(endpoint.silence())));
  }

  /**
   * A client whose every call is answered in this process with {@code body}, for loading classes
   * before the first caller waits for them.
   */
  public static OpenAiConnection canned(Endpoint endpoint, String contentType, String body) {
    return new OpenAiConnection(
        endpoint,
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .header("Content-Type", contentType)
                        .body(ResponseBody.create(body, MediaType.get(contentType)))
                        .build()));
  }

  private static OkHttpClient.Builder keyed(Endpoint endpoint) {
    return ReusedConnections.addTo(new OkHttpClient.Builder())
        .addInterceptor(chain -> chain.proceed(keyed(chain.request(), endpoint)));
  }

  /** The client insists on a bearer token; who wants another header or none must not see one. */
  private static Request keyed(Request request, Endpoint endpoint) {
    if (endpoint.apiKey() != null && endpoint.keyHeader().equals(Endpoint.BEARER)) {
      return request;
    }
    Request.Builder changed = request.newBuilder().removeHeader(Endpoint.BEARER);
    return endpoint.apiKey() == null
        ? changed.build()
        : changed.header(endpoint.keyHeader(), endpoint.apiKey()).build();
  }

  /** What calls are made with. */
  public OpenAIClient client() {
    return client;
  }

  /**
   * Timeouts of one call: the whole ends with the deadline, each silence with the endpoint's limit
   * or the deadline.
   */
  public RequestOptions options(Call call) {
    return RequestOptions.builder()
        .timeout(
            Timeout.builder()
                .connect(atMost(call, endpoint.connectTimeout()))
                .read(atMost(call, endpoint.silence()))
                .write(atMost(call, endpoint.silence()))
                .request(atMost(call, FOREVER))
                .build())
        .build();
  }

  /**
   * Posts what the client has no method for.
   *
   * @param path below the base URL
   * @throws dev.ragline.document.RagException as {@code failures} say, also of an answer that is no
   *     JSON
   */
  public JsonNode post(String path, JsonNode body, OpenAiFailures failures, Call call) {
    HttpUrl url =
        HttpUrl.get(endpoint.baseUrl().toString()).newBuilder().addPathSegments(path).build();
    Request request =
        new Request.Builder()
            .url(url)
            .header(Endpoint.BEARER, "Bearer " + endpoint.apiKey())
            .post(RequestBody.create(body.toString().getBytes(UTF_8), JSON_TYPE))
            .build();
    OkHttpClient timed =
        http.newBuilder()
            .connectTimeout(atMost(call, endpoint.connectTimeout()))
            .readTimeout(atMost(call, endpoint.silence()))
            .writeTimeout(atMost(call, endpoint.silence()))
            .callTimeout(atMost(call, FOREVER))
            .build();
    try (Response response = timed.newCall(request).execute();
        ResponseBody peeked = response.peekBody(LONGEST_REPLY)) {
      String text = peeked.string();
      JsonNode reply = parsed(text);
      if (!response.isSuccessful()) {
        JsonNode words = reply == null && !text.contains("<") ? TextNode.valueOf(text) : reply;
        throw failures.ofRefusal(response.code(), response::headers, words, null);
      }
      if (reply == null) {
        throw failures.notTheService("did not answer with JSON");
      }
      return reply;
    } catch (IOException e) {
      throw failures.ofOpening(new UncheckedIOException(e), call);
    }
  }

  private static @Nullable JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Closes connections that are idle; calls in flight end by themselves. */
  @Override
  public void close() {
    client.close();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** Rounds up, so that a timer set for the deadline fires when it has passed, not before. */
  private static Duration atMost(Call call, Duration longest) {
    return Duration.ofMillis(call.remaining(longest).toMillis() + 1);
  }
}
