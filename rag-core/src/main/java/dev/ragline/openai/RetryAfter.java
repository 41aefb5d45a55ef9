package dev.ragline.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The Retry-After header (RFC 9110, section 10.2.3): seconds, or a date. */
final class RetryAfter {
  static final Duration DEFAULT = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /**
   * What a header asks for, at least {@link #DEFAULT} and at most {@link #LONGEST}.
   *
   * @param values the header's values; the first counts
   */
  static Duration parse(List<String> values, Instant now) {
    Duration asked = values.isEmpty() ? DEFAULT : parse(values.getFirst().strip(), now);
    if (asked.compareTo(DEFAULT) < 0) {
      return DEFAULT;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static Duration parse(String value, Instant now) {
    if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return value.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
      return Duration.between(now, date);
    } catch (DateTimeException e) {
      return DEFAULT;
    }
  }
}
