package dev.ragline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.call.Call;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final double NOTHING = Double.NaN;

  private static Bootstrap of(long seed, double[]... columns) {
    return new Bootstrap(List.of(columns), seed, Call.UNLIMITED);
  }

  private static double[] column(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /**
   * SciPy's intervals are of 200 000 resamples; ours of 1 000 miss them by their own noise only.
   */
  @Test
  void intervals_areThoseOfScipy() {
    JsonNode fixture = Fixtures.read("scipy-bootstrap.json");
    JsonNode columns = fixture.get("columns");
    JsonNode intervals = fixture.get("intervals");
    Bootstrap bootstrap =
        of(
            1,
            column(columns.get("rate_high")),
            column(columns.get("rate_low")),
            column(columns.get("reciprocal")));

    requireClose(bootstrap.mean(0), intervals.get("rate_high"));
    requireClose(bootstrap.mean(1), intervals.get("rate_low"));
    requireClose(bootstrap.mean(2), intervals.get("reciprocal"));
    requireClose(bootstrap.difference(0, 1), intervals.get("paired"));
  }

  private static void requireClose(Estimate estimate, JsonNode interval) {
    assertThat(estimate.low()).isCloseTo(interval.get(0).asDouble(), within(0.006));
    assertThat(estimate.high()).isCloseTo(interval.get(1).asDouble(), within(0.006));
    assertThat(estimate.value()).isBetween(estimate.low(), estimate.high());
    assertThat(estimate.questions()).isEqualTo(400);
  }

  @Test
  void mean_allTheSame_hasNoWidth() {
    assertThat(of(1, new double[] {1, 1, 1}).mean(0)).isEqualTo(new Estimate(1, 1, 1, 3));
  }

  @Test
  void mean_questionsThatSayNothing_areLeftOut() {
    Bootstrap bootstrap = of(1, new double[] {1, NOTHING, 0, NOTHING});

    assertThat(bootstrap.questions(0)).isEqualTo(2);
    assertThat(bootstrap.mean(0)).isEqualTo(new Estimate(0.5, 0, 1, 2));
  }

  @Test
  void mean_onlyOneSaysSomething_drawsWithoutItAreLeftOut() {
    double[] column = new double[50];
    java.util.Arrays.fill(column, NOTHING);
    column[7] = 1;

    assertThat(of(1, column).mean(0)).isEqualTo(new Estimate(1, 1, 1, 1));
  }

  @Test
  void difference_ofTheSame_isNone() {
    double[] column = IntStream.range(0, 100).mapToDouble(i -> i % 3 == 0 ? 1 : 0).toArray();

    assertThat(of(1, column, column.clone()).difference(1, 0))
        .isEqualTo(new Estimate(0, 0, 0, 100));
  }

  @Test
  void seed_same_givesTheSameInterval() {
    double[] column = IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray();

    assertThat(of(5, column).mean(0)).isEqualTo(of(5, column).mean(0));
    assertThat(of(5, column).mean(0)).isNotEqualTo(of(6, column).mean(0));
  }

  @Test
  void latency_percentiles_areThoseOfNumpy() {
    JsonNode fixture = Fixtures.read("scipy-bootstrap.json");
    List<Duration> elapsed =
        java.util.Arrays.stream(column(fixture.get("columns").get("reciprocal")))
            .mapToObj(value -> Duration.ofNanos(Math.round(value * 1e9)))
            .toList();

    Latency latency = Latency.of(elapsed);

    JsonNode percentiles = fixture.get("percentiles");
    assertThat(latency.p50().toNanos() / 1e9)
        .isCloseTo(percentiles.get("50").asDouble(), within(1e-8));
    assertThat(latency.p90().toNanos() / 1e9)
        .isCloseTo(percentiles.get("90").asDouble(), within(1e-8));
    assertThat(latency.p99().toNanos() / 1e9)
        .isCloseTo(percentiles.get("99").asDouble(), within(1e-8));
    assertThat(Latency.of(List.of(Duration.ofNanos(10), Duration.ofNanos(20))).p90())
        .isEqualTo(Duration.ofNanos(19));
  }
}
