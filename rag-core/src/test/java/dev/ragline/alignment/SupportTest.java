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
    assertThat(Numbers.of("about " + number + " things")).containsExactly("1000");
  }

  @Test
  void numbers_ofListsAndWords_areFound() {
    assertThat(Numbers.of("v2.4 has 16384 and 1, 2, 3."))
        .containsOnly("24", "16384", "1", "2", "3");
  }
}
