package dev.ragline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReportTest {
  private static Samples samples(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add(value);
    }
    return samples;
  }

  @Test
  void median_oddCount_isTheMiddleValue() {
    assertThat(samples(9, 1, 4).median()).isEqualTo(4);
  }

  @Test
  void median_evenCount_isBetweenTheTwoInTheMiddle() {
    assertThat(samples(8, 1, 2, 4).median()).isEqualTo(3);
  }

  @Test
  void median_nothingMeasured_isRefused() {
    assertThatThrownBy(() -> samples().median()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void percentileMillis_oneSlowCallInTwoHundred_showsOnlyAboveIt() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 199; i++) {
      latencies.addNanos(2_000_000);
    }
    latencies.addNanos(80_000_000);
    assertThat(latencies.percentileMillis(50)).isBetween(1.99, 2.01);
    assertThat(latencies.percentileMillis(99)).isBetween(1.99, 2.01);
    assertThat(latencies.percentileMillis(100)).isBetween(79.9, 80.1);
  }

  @Test
  void table_severalRuns_tellsMedianAndSpreadInOrder() {
    Report report = new Report();
    report.add("start", "ms", 1130.4);
    report.add("memory", "MB", 64.25);
    report.add("start", "ms", 1250);
    report.add("start", "ms", 1149.6);
    assertThat(report.table())
        .isEqualToNormalizingNewlines(
            """
            | figure | median | least … most |
            |---|---|---|
            | start | 1150 ms | 1130 … 1250 |
            | memory | 64.3 MB | 64.3 … 64.3 |
            """);
  }
}
