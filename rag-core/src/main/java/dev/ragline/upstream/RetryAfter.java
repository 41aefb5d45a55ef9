package dev.ragline.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * After how long to ask again, as a refusal's headers tell: Retry-After (RFC 9110, section 10.2.3:
 * seconds, or a date), and what model servers send instead or beside it.
 */
final class RetryAfter {
  static final Duration DEFAULT = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofHours(1);

  /** In the order in which they are believed. LiteLLM hands on what its own upstream said. */
  private static final List<String> MILLIS =
      List.of("retry-after-ms", "x-ms-retry-after-ms", "llm_provider-retry-after-ms");

  private static final List<String> SECONDS = List.of("Retry-After", "llm_provider-retry-after");

  /** What of a limit is meant, in the names of {@code x-ratelimit-reset-…}; none of one limit. */
  private static final List<String> LIMITS = List.of("", "-requests", "-tokens");

  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d*)?");

  /** As Go writes durations: 20ms, 6m0s, 1h2m59.56s. */
  private static final Pattern PARTS = Pattern.compile("(\\d+(?:\\.\\d*)?)(ms|h|m|s|d)");

  private RetryAfter() {}

  /**
   * What a refusal asks for, at least {@link #DEFAULT} and at most {@link #LONGEST}.
   *
   * @param headers the values of the header of a name
   */
  static Duration of(Function<String, List<String>> headers, Instant now) {
    for (String name : MILLIS) {
      Optional<Duration> wait = first(headers, name).flatMap(text -> number(text, 0.001));
      if (wait.isPresent()) {
        return bounded(wait.get());
      }
    }
    for (String name : SECONDS) {
      Optional<Duration> wait = first(headers, name).flatMap(text -> seconds(text, now));
      if (wait.isPresent()) {
        return bounded(wait.get());
      }
    }
    return DEFAULT;
  }

  /**
   * The same of a caller who asked too often: without such headers, when the limit that was reached
   * is reset; the last of them where it is not told which one it was.
   */
  static Duration ofRateLimit(Function<String, List<String>> headers, Instant now) {
    Duration told = of(headers, now);
    if (told.compareTo(DEFAULT) > 0) {
      return told;
    }
    List<Duration> resets = new ArrayList<>();
    for (String limit : LIMITS) {
      boolean left =
          first(headers, "x-ratelimit-remaining" + limit)
              .filter(text -> NUMBER.matcher(text).matches() && Double.parseDouble(text) > 0)
              .isPresent();
      if (!left) {
        first(headers, "x-ratelimit-reset" + limit)
            .flatMap(text -> reset(text, now))
            .ifPresent(resets::add);
      }
    }
    return bounded(resets.stream().max(Duration::compareTo).orElse(told));
  }

  private static Optional<String> first(Function<String, List<String>> headers, String name) {
    return headers.apply(name).stream().findFirst().map(String::strip);
  }

  private static Duration bounded(Duration asked) {
    if (asked.compareTo(DEFAULT) < 0) {
      return DEFAULT;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static Optional<Duration> number(String text, double unitSeconds) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    double seconds = Math.min(Double.parseDouble(text) * unitSeconds, LONGEST.toSeconds() + 1.0);
    return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** Seconds, with decimals as some servers have them, or a date. */
  private static Optional<Duration> seconds(String text, Instant now) {
    return number(text, 1).or(() -> until(text, DateTimeFormatter.RFC_1123_DATE_TIME, now));
  }

  private static Optional<Duration> until(String text, DateTimeFormatter format, Instant now) {
    try {
      return Optional.of(Duration.between(now, Instant.from(format.parse(text))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A number is a time since 1970 where it is too large for a wait. */
  private static Optional<Duration> reset(String text, Instant now) {
    if (NUMBER.matcher(text).matches()) {
      double seconds = Double.parseDouble(text);
      return seconds > 1e9
          ? number(Double.toString(Math.max(0, seconds - now.toEpochMilli() / 1000.0)), 1)
          : number(text, 1);
    }
    return parts(text.toLowerCase(Locale.ROOT))
        .or(() -> until(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME, now));
  }

  private static Optional<Duration> parts(String text) {
    Matcher part = PARTS.matcher(text);
    double seconds = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      seconds +=
          Double.parseDouble(part.group(1))
              * switch (part.group(2)) {
                case "d" -> 86400;
                case "h" -> 3600;
                case "m" -> 60;
                case "s" -> 1;
                default -> 0.001;
              };
      end = part.end();
    }
    return end > 0 && end == text.length()
        ? Optional.of(Duration.ofMillis(Math.round(Math.min(seconds, 1e6) * 1000)))
        : Optional.empty();
  }
}
