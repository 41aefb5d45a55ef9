package dev.ragline.gating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.GroundingSettings;
import dev.ragline.retrieval.Likeness;
import dev.ragline.retrieval.PassageLikeness;
import dev.ragline.testing.Likenesses;
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
    PassageLikeness near = new PassageLikeness(1, 0, 0.2, 0.2, 0.2);
    PassageLikeness wordy = new PassageLikeness(0.3, 0.5, 0.9, 0.9, 0.9);
    PassageLikeness both = new PassageLikeness(1, 0.5, 0.9, 0.9, 0.9);
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
  void relevance_nobodyLooked_isNotJudged() {
    assertThat(Gate.relevance(null)).isNull();
    assertThat(Gate.judge(null, OPEN)).isNull();
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
    Verdict verdict = Gate.judge(Likenesses.grounds(likeness, corpus), asked);
    assertThat(verdict).isNotNull();
    return Objects.requireNonNull(verdict);
  }
}
