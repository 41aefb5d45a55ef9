package dev.ragline.admission;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * So much a minute for one subject, as a bucket that fills evenly and holds a minute's worth. Who
 * could not know beforehand how much it takes may leave the bucket in debt. Safe for many threads.
 */
final class Quota {
  private final String subject;
  private final String what;
  private final int perMinute;
  private final @Nullable Bucket bucket;

  /**
   * @param subject whose it is
   * @param what there is so much of
   * @param perMinute 0 for any number
   */
  Quota(String subject, String what, int perMinute, TimeMeter clock) {
    this.subject = subject;
    this.what = what;
    this.perMinute = perMinute;
    this.bucket =
        perMinute == 0
            ? null
            : Bucket.builder()
                .addLimit(
                    limit ->
                        limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(clock)
                .build();
  }

  /**
   * Takes one.
   *
   * @throws RagException RESOURCE_EXHAUSTED with reason QUOTA_EXCEEDED
   */
  void take() {
    if (bucket != null) {
      var probe = bucket.tryConsumeAndReturnRemaining(1);
      if (!probe.isConsumed()) {
        throw exceeded(probe.getNanosToWaitForRefill());
      }
    }
  }

  /** Gives one back. */
  void giveBack() {
    if (bucket != null) {
      bucket.addTokens(1);
    }
  }

  /**
   * Makes sure that something is left.
   *
   * @throws RagException RESOURCE_EXHAUSTED with reason QUOTA_EXCEEDED
   */
  void requireAny() {
    if (bucket != null) {
      var probe = bucket.estimateAbilityToConsume(1);
      if (!probe.canBeConsumed()) {
        throw exceeded(probe.getNanosToWaitForRefill());
      }
    }
  }

  /** Takes what was used, whether it is there or not. */
  void charge(long used) {
    if (bucket != null && used > 0) {
      bucket.consumeIgnoringRateLimits(used);
    }
  }

  private RagException exceeded(long nanosToWait) {
    String message = "%s may have %d %s a minute".formatted(subject, perMinute, what);
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "QUOTA_EXCEEDED",
        message,
        new ErrorDetail.Quota(subject, message),
        new ErrorDetail.Retry(Duration.ofNanos(nanosToWait)));
  }
}
