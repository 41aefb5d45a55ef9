package dev.ragline.call;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one call in logs, here and in the caller's own: the trace-id of W3C Trace Context.
 *
 * @param hex 32 lower-case hexadecimal digits, not all of them zero
 */
public record TraceId(String hex) {
  private static final Pattern FORM = Pattern.compile("(?!0{32})[0-9a-f]{32}");

  /** Version, trace-id, parent-id, flags; later versions may have more behind them. */
  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  public TraceId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("a trace id has 32 hexadecimal digits");
    }
  }

  /** A new one. */
  public static TraceId random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new TraceId("%016x%016x".formatted(random.nextLong() | 1, random.nextLong()));
  }

  /**
   * The trace of a caller's {@code traceparent} header.
   *
   * @return nothing for a header that W3C Trace Context tells to ignore
   */
  public static Optional<TraceId> ofTraceparent(String header) {
    Matcher matcher = TRACEPARENT.matcher(header);
    return matcher.matches() && FORM.matcher(matcher.group(1)).matches()
        ? Optional.of(new TraceId(matcher.group(1)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return hex;
  }
}
