package dev.ragline.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");

  private static Function<String, List<String>> headers(Map<String, String> headers) {
    return name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.of();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | PT7S",
        " 120 | PT2M",
        "0 | PT1S",
        "-5 | PT1S",
        "3600 | PT1H",
        "3601 | PT1H",
        "99999999999999999999 | PT1H",
        "Sat, 01 Mar 2025 12:00:30 GMT | PT30S",
        "Sat, 01 Mar 2025 11:00:00 GMT | PT1S",
        "Sun, 01 Mar 2026 12:00:00 GMT | PT1H",
        "20.5 | PT20.5S",
        "1.5 | PT1.5S",
        "soon | PT1S",
        "NaN | PT1S",
        "1e3 | PT1S",
        "'' | PT1S",
      })
  void of_retryAfter_givesBoundedDelay(String header, Duration expected) {
    assertThat(RetryAfter.of(headers(Map.of("Retry-After", header)), NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after-ms, 20500, PT20.5S",
    "retry-after-ms, 3, PT1S",
    "x-ms-retry-after-ms, 4000, PT4S",
    "llm_provider-retry-after, 17, PT17S",
    "llm_provider-retry-after-ms, 17000, PT17S",
  })
  void of_otherHeader_isRead(String name, String value, Duration expected) {
    assertThat(RetryAfter.of(headers(Map.of(name, value)), NOW)).isEqualTo(expected);
  }

  @Test
  void of_severalHeaders_believesMillisecondsFirst() {
    Map<String, String> all =
        Map.of("Retry-After", "2", "retry-after-ms", "1500", "llm_provider-retry-after", "9");
    assertThat(RetryAfter.of(headers(all), NOW)).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void of_noHeader_givesDefault() {
    assertThat(RetryAfter.of(name -> List.of(), NOW)).isEqualTo(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "20ms, PT1S",
    "6m0s, PT6M",
    "2m59.56s, PT2M59.56S",
    "1h2m3s, PT1H",
    "42, PT42S",
    "1740830430, PT30S",
    "2025-03-01T12:00:12Z, PT12S",
    "6m0x, PT1S",
    "m, PT1S",
  })
  void ofRateLimit_reset_isWaitedFor(String reset, Duration expected) {
    Map<String, String> limit = Map.of("x-ratelimit-reset-tokens", reset);
    assertThat(RetryAfter.ofRateLimit(headers(limit), NOW)).isEqualTo(expected);
  }

  @Test
  void ofRateLimit_severalLimits_waitsForTheOneThatIsReached() {
    Map<String, String> limits =
        Map.of(
            "x-ratelimit-reset-requests", "8m",
            "x-ratelimit-remaining-requests", "12",
            "x-ratelimit-reset-tokens", "7s",
            "x-ratelimit-remaining-tokens", "0");
    assertThat(RetryAfter.ofRateLimit(headers(limits), NOW)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void ofRateLimit_retryAfter_isBelievedFirst() {
    Map<String, String> both = Map.of("Retry-After", "3", "x-ratelimit-reset-tokens", "7s");
    assertThat(RetryAfter.ofRateLimit(headers(both), NOW)).isEqualTo(Duration.ofSeconds(3));
  }
}
