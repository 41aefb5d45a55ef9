package dev.ragline.upstream;

import dev.ragline.document.RagException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an OpenAI-compatible service answers, and with which key.
 *
 * @param name for people: a preset's name, or the host
 * @param baseUrl what {@code /chat/completions} and {@code /embeddings} are appended to; a query is
 *     kept and sent, but never shown
 * @param apiKey null for none
 * @param keyVariable the environment variable that the key comes from
 * @param keyHeader the header that carries the key: {@link #BEARER} as a bearer token, any other by
 *     itself
 * @param connectTimeout longest wait for a connection
 * @param silence longest wait for the next bytes of an answer
 */
public record Endpoint(
    String name,
    URI baseUrl,
    @Nullable String apiKey,
    String keyVariable,
    String keyHeader,
    Duration connectTimeout,
    Duration silence) {
  /** The header of a bearer token (RFC 6750), which nearly all services take. */
  public static final String BEARER = "Authorization";

  /** The header that Azure takes. */
  public static final String API_KEY = "api-key";

  /** How long a connection may take unless configured. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** How long a service may be silent unless configured; a local one loads its model meanwhile. */
  public static final Duration DEFAULT_SILENCE = Duration.ofMinutes(2);

  public Endpoint {
    String scheme = baseUrl.getScheme() == null ? "" : baseUrl.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw RagException.invalid("url", "an address starts with http:// or https://");
    }
    if (baseUrl.getHost() == null) {
      throw RagException.invalid("url", "an address names a host");
    }
    if (baseUrl.getRawUserInfo() != null) {
      throw RagException.invalid("url", "an address holds no user or password; set " + keyVariable);
    }
    if (!isAtLeastOneMilli(connectTimeout) || !isAtLeastOneMilli(silence)) {
      throw RagException.invalid("timeout", "a timeout is at least one millisecond");
    }
    apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
  }

  /**
   * An endpoint with the usual timeouts, its key from the environment.
   *
   * @param env the environment
   */
  public static Endpoint of(String name, URI baseUrl, String keyVariable, Map<String, String> env) {
    return new Endpoint(
        name,
        baseUrl,
        env.get(keyVariable),
        keyVariable,
        isAzure(baseUrl) ? API_KEY : BEARER,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_SILENCE);
  }

  /**
   * The same by its address alone, called by its host.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  public static Endpoint at(String url, String keyVariable, Map<String, String> env) {
    URI address = parse(url);
    return of(String.valueOf(address.getHost()), address, keyVariable, env);
  }

  private static boolean isAzure(URI url) {
    return url.getHost() != null && url.getHost().toLowerCase(Locale.ROOT).endsWith(".azure.com");
  }

  /**
   * Reads an address.
   *
   * @throws RagException INVALID_ARGUMENT without the text, which may hold a secret
   */
  public static URI parse(String url) {
    try {
      return new URI(url.strip());
    } catch (URISyntaxException e) {
      throw RagException.invalid("url", "this is not an address: " + e.getReason());
    }
  }

  /** The same endpoint with other timeouts. */
  public Endpoint withTimeouts(Duration connect, Duration longestSilence) {
    return new Endpoint(name, baseUrl, apiKey, keyVariable, keyHeader, connect, longestSilence);
  }

  /** The same endpoint, its key in another header. */
  public Endpoint withKeyHeader(String header) {
    return new Endpoint(name, baseUrl, apiKey, keyVariable, header, connectTimeout, silence);
  }

  /** Scheme, host and port: what messages show of the address. */
  public String origin() {
    String port = baseUrl.getPort() < 0 ? "" : ":" + baseUrl.getPort();
    return baseUrl.getScheme() + "://" + baseUrl.getHost() + port;
  }

  private static boolean isAtLeastOneMilli(Duration duration) {
    return !duration.isNegative() && duration.toMillis() > 0;
  }

  /** Never shows the key, nor the address's path and query, which may hold one. */
  @Override
  public String toString() {
    return name + " at " + origin() + (apiKey == null ? " without a key" : " with a key");
  }
}
