package dev.ragline.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");

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
        "soon | PT1S",
        "1.5 | PT1S",
        "'' | PT1S",
      })
  void parse_header_givesBoundedDelay(String header, Duration expected) {
    assertThat(RetryAfter.parse(List.of(header), NOW)).isEqualTo(expected);
  }

  @Test
  void parse_noHeader_givesDefault() {
    assertThat(RetryAfter.parse(List.of(), NOW)).isEqualTo(Duration.ofSeconds(1));
  }
}
