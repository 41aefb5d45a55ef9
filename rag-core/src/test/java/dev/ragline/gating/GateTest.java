package dev.ragline.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.GroundingSettings;
import dev.ragline.presence.Lack;
import dev.ragline.retrieval.Likeness;
import dev.ragline.retrieval.PassageLikeness;
import dev.ragline.testing.Likenesses;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final GroundingSettings OPEN = GroundingSettings.DEFAULT;

  @Test
  void relevance_moreAlike_isHigherAndBetweenZeroAndOne() {
    assertThat(Gate.of(Likenesses.STRANGE)).isBetween(0.0, 0.1);
    assertThat(Gate.of(Likenesses.ALIKE)).isBetween(0.9, 1.0);
  }

  @Test
  void relevance_vectorsKnowNothing_isJudgedByWords() {
    assertThat(Gate.of(Likenesses.inUnknownLanguage(0, 1, 1))).isGreaterThan(Gate.THRESHOLD);
    assertThat(Gate.of(Likenesses.inUnknownLanguage(0, 0, 0))).isLessThan(Gate.THRESHOLD);
  }

  @Test
  void relevance_vectorsKnowNothing_theirCosineCountsNothing() {
    assertThat(Gate.of(Likenesses.inUnknownLanguage(0, 0.5, 0.5)))
        .isEqualTo(Gate.of(Likenesses.inUnknownLanguage(0.9, 0.5, 0.5)));
  }

  @Test
  void relevance_onePassageNearAnotherWithTheWords_isLessThanOfOneThatIsBoth() {
    PassageLikeness near = Likenesses.passage(1, 0, 0.2, 0.2);
    PassageLikeness wordy = Likenesses.passage(0.3, 0.5, 0.9, 0.9);
    PassageLikeness both = Likenesses.passage(1, 0.5, 0.9, 0.9);
    assertThat(Gate.of(Likenesses.english(500, near, wordy)))
        .isEqualTo(
            Math.max(
                Gate.of(Likenesses.english(500, near)), Gate.of(Likenesses.english(500, wordy))))
        .isLessThan(Gate.of(Likenesses.english(500, near, both)));
  }

  @Test
  void relevance_amongMoreChunks_takesMore() {
    assertThat(Gate.of(Likenesses.of(0.5, 0.3, 0.6, 0.6, 10)))
        .isGreaterThan(Gate.of(Likenesses.of(0.5, 0.3, 0.6, 0.6, 100_000)));
  }

  @Test
  void logit_whatAPassageLacks_countsByItsWeight() {
    RelevanceWeights weights = new RelevanceWeights(0, 0, 0, 0, 0, 0, 0, 0, -1, -2, -4, -8, 0);
    assertThat(logit(weights, new Lack(0, 0, 0, false))).isEqualTo(0);
    assertThat(logit(weights, new Lack(1, 0, 0, false))).isEqualTo(-1);
    assertThat(logit(weights, new Lack(9, 0, 0, false))).isEqualTo(-2);
    assertThat(logit(weights, new Lack(0, 3, 0, false))).isEqualTo(-2);
    assertThat(logit(weights, new Lack(0, 0, 2, false))).isEqualTo(-4);
    assertThat(logit(weights, new Lack(1, 1, 1, true))).isEqualTo(-15);
  }

  private static double logit(RelevanceWeights weights, Lack lack) {
    PassageLikeness passage = Likenesses.lacking(lack, 0.9, 0.3, 0.7, 0.7);
    return weights.logit(passage, Likenesses.english(500, passage));
  }

  @Test
  void confidence_relevance_isHighFromWhatIsSure() {
    assertThat(verdict(Gate.SURE, 0.5).confidence()).isEqualTo(Confidence.HIGH);
    assertThat(verdict(Math.nextDown(Gate.SURE), 0.5).confidence()).isEqualTo(Confidence.LOW);
    assertThat(verdict(0.9, 0.95).confidence()).isEqualTo(Confidence.LOW);
    assertThat(verdict(0.01, 0).confidence()).isEqualTo(Confidence.LOW);
  }

  private static Verdict verdict(double relevance, double threshold) {
    return new Verdict(relevance, threshold, false, "", Duration.ZERO);
  }

  @Test
  void confidence_anotherNumberOrTheOpposite_isLowHoweverNear() {
    for (Lack lack : List.of(new Lack(0, 1, 0, false), new Lack(0, 0, 1, false))) {
      Likeness likeness = Likenesses.english(500, Likenesses.lacking(lack, 1.1, 0.7, 1, 1));
      assertThat(judge(likeness, OPEN, OPEN).confidence()).isEqualTo(Confidence.LOW);
    }
    assertThat(judge(Likenesses.ALIKE, OPEN, OPEN).confidence()).isEqualTo(Confidence.HIGH);
  }

  @Test
  void judge_languageModelReads_lessIsEnough() {
    Likeness between = Likenesses.of(0.5, 0.1, 0.5, 0.5, 500);
    assertThat(Gate.of(between)).isBetween(Gate.MODEL_THRESHOLD, Gate.THRESHOLD);
    var grounds = Likenesses.grounds(between, OPEN);
    assertThat(Objects.requireNonNull(Gate.judge(grounds, OPEN, Gate.MODEL_THRESHOLD)).passes())
        .isTrue();
    assertThat(Objects.requireNonNull(Gate.judge(grounds, OPEN, Gate.THRESHOLD)).passes())
        .isFalse();
    var strict = new GroundingSettings(0.5);
    assertThat(Objects.requireNonNull(Gate.judge(grounds, strict, Gate.MODEL_THRESHOLD)).passes())
        .isFalse();
  }

  @Test
  void relevance_nobodyLooked_isNotJudged() {
    assertThat(Gate.relevance(null)).isNull();
    assertThat(Gate.judge(null, OPEN, Gate.THRESHOLD)).isNull();
  }

  @Test
  void judge_questionSaysNothing_corpusDecides() {
    Verdict strict = judge(Likenesses.ALIKE_ENOUGH, new GroundingSettings(1.0), OPEN);
    Verdict usual = judge(Likenesses.ALIKE_ENOUGH, OPEN, OPEN);
    assertThat(strict.threshold()).isEqualTo(1);
    assertThat(strict.passes()).isFalse();
    assertThat(usual.threshold()).isEqualTo(Gate.THRESHOLD);
    assertThat(usual.passes()).isTrue();
  }

  @Test
  void judge_questionSaysZero_passesWhateverTheCorpusSays() {
    Verdict verdict =
        judge(Likenesses.STRANGE, new GroundingSettings(1.0), new GroundingSettings(0.0));
    assertThat(verdict.passes()).isTrue();
  }

  @Test
  void stage_verdict_saysWhatItWasJudgedBy() {
    Verdict verdict = judge(Likenesses.STRANGE, OPEN, OPEN);
    assertThat(verdict.stage().name()).isEqualTo("gate");
    assertThat(verdict.stage().detail())
        .startsWith(
            String.format(Locale.ROOT, "relevance %.3f, below 0.500: ", verdict.relevance()))
        .contains("nearest sentence", "words");
  }

  private static Verdict judge(
      Likeness likeness, GroundingSettings corpus, GroundingSettings asked) {
    Verdict verdict = Gate.judge(Likenesses.grounds(likeness, corpus), asked, Gate.THRESHOLD);
    assertThat(verdict).isNotNull();
    return Objects.requireNonNull(verdict);
  }
}
