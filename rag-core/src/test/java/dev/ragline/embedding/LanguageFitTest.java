package dev.ragline.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.document.Language;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageFitTest {
  private static OnnxEmbedder miniLm;

  @BeforeAll
  static void open() {
    miniLm = OnnxEmbedder.open("all-minilm-l6-v2", TestExecution.SHARED.compute());
  }

  @AfterAll
  static void close() {
    miniLm.close();
  }

  static Stream<Language> languages() {
    return Language.all().stream().filter(it -> !it.equals(Language.UNDETERMINED));
  }

  private static LanguageProbe probe(Language language) {
    return LanguageProbe.of(language).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void of_everyLanguage_hasTenQuestionsOfItsOwn(Language language) {
    LanguageProbe probe = probe(language);
    assertThat(probe.questions()).hasSize(10).doesNotHaveDuplicates();
    assertThat(probe.answers()).hasSize(10).doesNotHaveDuplicates();
    assertThat(Stream.concat(probe.questions().stream(), probe.answers().stream()))
        .allSatisfy(text -> assertThat(text).isNotBlank().isEqualTo(text.strip()));
    assertThat(language.equals(Language.ENGLISH) || isOther(probe)).isTrue();
  }

  private static boolean isOther(LanguageProbe probe) {
    return Collections.disjoint(probe.questions(), probe(Language.ENGLISH).questions());
  }

  @Test
  void of_noLanguage_hasNone() {
    assertThat(LanguageProbe.of(Language.UNDETERMINED)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void knowledge_modelOfEnglish_knowsEnglishOnly(Language language) {
    LanguageFit fit = LanguageFit.measure(miniLm, probe(language), Call.UNLIMITED);
    assertThat(fit.knowledge())
        .as("%s, %s", language, fit)
        .isEqualTo(language.equals(Language.ENGLISH) ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "th", "ro", "tr", "es", "vi"})
  void knowledge_modelThatFindsEachAnswer_isFull(String tag) {
    LanguageFit fit =
        LanguageFit.measure(new FakeEmbedder(), probe(new Language(tag)), Call.UNLIMITED);
    assertThat(fit.knowledge()).isOne();
    assertThat(fit.related()).isGreaterThan(fit.unrelated() + 0.3);
  }

  @Test
  void knowledge_modelToWhichAllIsAlike_isNone() {
    LanguageProbe alike = new LanguageProbe(List.of("a", "a", "a"), List.of("a", "a", "a"));
    LanguageFit fit = LanguageFit.measure(new FakeEmbedder(), alike, Call.UNLIMITED);
    assertThat(fit.separation()).isEqualTo(0.5);
    assertThat(fit.knowledge()).isZero();
  }

  @Test
  void knowledge_betweenTheTwo_isInBetween() {
    assertThat(new LanguageFit(0.75, 0, 0).knowledge()).isZero();
    assertThat(new LanguageFit(0.825, 0, 0).knowledge()).isBetween(0.49, 0.51);
    assertThat(new LanguageFit(0.9, 0, 0).knowledge()).isOne();
  }

  @Test
  void new_probeWithoutPairs_isRefused() {
    for (List<String> answers : Set.of(List.<String>of(), List.of("b"), List.of("b", "c", "d"))) {
      assertThatThrownBy(() -> new LanguageProbe(List.of("a", "b"), answers))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("pairs");
    }
  }

  @Test
  void stretch_cosinesThatLieCloseTogether_areTakenApart() {
    LanguageFit english = LanguageFit.measure(miniLm, probe(Language.ENGLISH), Call.UNLIMITED);
    assertThat(english.stretch()).isBetween(0.99, 1.01);
    assertThat(new LanguageFit(1, 0.83, 0.77).stretch()).isBetween(4.3, 4.5);
    assertThat(new LanguageFit(1, 0.9, 0.899).stretch()).isEqualTo(6);
    assertThat(new LanguageFit(0.825, 0.83, 0.77).stretch()).isBetween(2.6, 2.8);
    assertThat(new LanguageFit(0.75, 0.9, 0.899).stretch()).as("unknown").isOne();
    assertThat(new LanguageFit(0.5, 0.9, 0.9).stretch()).isOne();
  }
}
