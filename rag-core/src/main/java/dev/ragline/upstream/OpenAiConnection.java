package dev.ragline.upstream;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import dev.ragline.call.Call;
import java.time.Duration;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * A client of one endpoint that does what it is told and no more: no retry of a failed answer (see
 * {@link ReusedConnections} for connections that the service closed), no redirect (a key must not
 * travel), no telemetry headers, no logging of bodies.
 */
public final class OpenAiConnection implements AutoCloseable {
  /** Longer than any caller waits, and still a number that the client's timers can hold. */
  private static final Duration FOREVER = Duration.ofDays(1);

  private final Endpoint endpoint;
  private final OkHttpClient http;
  private final OpenAIClient client;

  private OpenAiConnection(Endpoint endpoint, OkHttpClient.Builder http) {
    this.endpoint = endpoint;
    // One connection an answer: in HTTP/2 an interrupted thread cannot send the frame that takes
    // its stream back, so that the upstream would write on, and the client reads 16 MiB ahead.
    this.http =
        http.protocols(List.of(Protocol.HTTP_1_1))
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
