package dev.ragline.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupportTest {
  private static final Source SOURCE =
      new Source(
          "Metadata is stored in etcd. It needs 3 nodes. **Vectors** go to object storage.",
          "Milvus 2.4 Storage",
          Language.ENGLISH);

  private static Support of(String statement) {
    return Support.of(new Statement(statement), SOURCE, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Metadata is stored in etcd.             | 1
          Storing the metadata in **etcd**        | 1
          Metadata stored in etcd needs nodes     | 1
          Milvus vectors go to storage            | 1
          Metadata and bananas in object storage  | 0.5
          Bananas taste sweet                     | 0
          the of and                              | 0
          """)
  void of_words_isTheirShareInSentencesThatFollowOneAnother(String statement, double lexical) {
    assertThat(of(statement).lexical()).isEqualTo(lexical);
  }

  @Test
  void of_numbers_countsOnlyThoseThatThePassageHas() {
    assertThat(of("Etcd needs 3 nodes").score()).isEqualTo(1);
    assertThat(of("Etcd needs 5 nodes").score()).isZero();
    assertThat(of("Etcd of Milvus 2.4 needs 5 nodes").score()).isLessThan(0.5);
  }

  @Test
  void of_meaning_helpsButNumbersStay() {
    Statement reworded = new Statement("Etcd keeps what describes the data");
    double alone = Support.of(reworded, SOURCE, null).score();
    assertThat(Support.of(reworded, SOURCE, 0.9).score()).isGreaterThan(Math.max(0.5, alone));
    assertThat(Support.of(reworded, SOURCE, -1.0).score()).isBetween(0.0, alone);
    assertThat(Support.of(new Statement("Etcd needs 5 nodes"), SOURCE, 1.0).score()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,000", "1.000", "1'000", "1000", "١٠٠٠", "1\u00A0000", "１０００"})
  void numbers_groupedOrInOtherDigits_areTheSame(String number) {
    assertThat(Numbers.readings(Numbers.of("about " + number + " things"))).contains("1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It needs 12,500 nodes|It needs 12500 nodes",
        "It needs 12 500 nodes|It needs 12.500 nodes",
        "It needs 1,5 GB|It needs 1.5 GB",
        "It needs 3.141 units|It needs 3.141 units",
        "It starts at 12:30 sharp|It starts at 12:30 sharp"
      })
  void numbers_sameInAnotherWay_areSupported(String statement, String source) {
    assertThat(numbers(statement, source)).isEqualTo(1);
    assertThat(numbers(source, statement)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "It needs 1.5 GB|It needs 15 GB",
        "It needs 12.5 nodes|It needs 125 nodes",
        "It needs 500 nodes|It needs 12,500 nodes",
        "It starts at 12:30 sharp|It starts at 1230 sharp",
        "It is version 1.2.3|It is version 123",
        "It is v2.4 now|It is v2.5 now"
      })
  void numbers_others_areNotSupported(String statement, String source) {
    assertThat(numbers(statement, source)).isZero();
    assertThat(numbers(source, statement)).isZero();
  }

  private static double numbers(String statement, String source) {
    return new Source(source, "", Language.ENGLISH).numbers(new Statement(statement));
  }

  @Test
  void numbers_ofListsAndWords_areFound() {
    assertThat(Numbers.readings(Numbers.of("v2.4 has 16384 and 1, 2, 3, or 5GB.")))
        .containsOnly("2.4", "16384", "1", "2", "3", "5");
  }
}
