package dev.ragline.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionFocusTest {
  private static Lack lack(String question, String text) {
    return QuestionFocus.of(question).in(text, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          When did Tesla move to Paris? | In 1884 Tesla left for New York. | 1
          Who led the Normans in Italy? | The Normans were led by Robert Guiscard in Italy. | 0
          Did the Green Bay Packers win? | The Broncos defeated the Panthers. | 3
          What is Kubernetes' scheduler called? | The Kubernetes scheduler is kube-scheduler. | 0
          How does Kafka's log work? | The log is kept by Kafka. | 0
          Was it in Łódź? | It was in Kraków. | 1
          """)
  void in_namesOfTheQuestion_countsThoseThatAreMissing(String question, String text, int names) {
    assertThat(lack(question, text).names()).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Who won Super Bowl 51? | The Broncos won Super Bowl 50. | 1
          Who won Super Bowl 50? | The Broncos won Super Bowl 50. | 0
          What changed in 1.25? | In v1.25 it was removed. | 0
          What has 12,500 members? | The union has 12500 members. | 0
          What happened in 1990 and 1991? | It fell in 1989. | 2
          Does port 443 work? | Port 8443 works. | 1
          """)
  void in_numbersOfTheQuestion_countsThoseThatAreMissing(
      String question, String text, int numbers) {
    assertThat(lack(question, text).numbers()).isEqualTo(numbers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Which is the smallest planet? | Jupiter is the largest planet. | 1
          Which is the largest planet? | Jupiter is the largest planet. | 0
          Who opposed the law? | The law was supported by Smith. | 1
          What lies north of the river? | To the south of the river lies a town. | 1
          How do I disable swap? | Swap is enabled by default. | 0
          How do I make it immutable? | A mutable field can be changed. | 1
          What came before the war? | What came before and after the war was debated. | 0
          """)
  void in_oppositeOfAWord_countsIt(String question, String text, int opposites) {
    assertThat(lack(question, text).opposites()).isEqualTo(opposites);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          What did the act not cover? | The act covered land. | true
          What did the act cover? | The act didn't cover land. | true
          Which pods are never evicted? | Static pods are not evicted. | false
          What did the act cover? | The act covered land. | false
          What works without a key? | It works with a key. | true
          """)
  void in_negation_isTold(String question, String text, boolean negation) {
    assertThat(lack(question, text).negation()).isEqualTo(negation);
  }
}
