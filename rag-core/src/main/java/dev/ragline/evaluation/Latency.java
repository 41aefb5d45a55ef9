package dev.ragline.evaluation;

import java.time.Duration;
import java.util.List;
import org.apache.commons.statistics.descriptive.Quantile;

/** How long retrieving took: what half, 90 % and 99 % of the questions did not exceed. */
public record Latency(Duration p50, Duration p90, Duration p99) {
  /** Of at least one duration; between two of them it is interpolated. */
  static Latency of(List<Duration> elapsed) {
    double[] nanos = elapsed.stream().mapToDouble(Duration::toNanos).toArray();
    double[] at =
        Quantile.withDefaults().with(Quantile.EstimationMethod.HF7).evaluate(nanos, 0.5, 0.9, 0.99);
    return new Latency(duration(at[0]), duration(at[1]), duration(at[2]));
  }

  private static Duration duration(double nanos) {
    return Duration.ofNanos(Math.round(nanos));
  }
}
