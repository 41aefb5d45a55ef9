package dev.ragline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspellingTest {
  @ParameterizedTest
  @CsvSource({
    "schedular,scheduler",
    "schedulre,scheduler",
    "contaner,container",
    "kubernets,kubernetes",
    "deploymnet,deployment",
    "namesapce,namespace",
    "statefullset,statefulset",
    "ingres,ingress",
    "бошня,башня",
    "persistant,persistent"
  })
  void isNear_misspeltWord_isNearTheOneMeant(String misspelt, String word) {
    assertThat(Misspelling.isNear(misspelt, word)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "node,mode",
    "pods,pads",
    "crash,flash",
    "12500,12600",
    "v1beta1,v1beta2",
    "postgres,progress",
    "container,contender",
    "rollback,payback"
  })
  void isNear_anotherWord_isNot(String word, String other) {
    assertThat(Misspelling.isNear(word, other)).isFalse();
  }
}
