package dev.ragline.testing;

import dev.ragline.document.GroundingSettings;
import dev.ragline.retrieval.CosineScale;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Likeness;
import java.util.Map;

/** How passages may be like a question. */
public final class Likenesses {
  /** Of passages that have nothing to do with it. */
  public static final Likeness STRANGE = of(0.1, 0.02, 0.2, 0.2, 500);

  /** Of passages that answer it. */
  public static final Likeness ALIKE = of(1.1, 0.7, 1, 1, 500);

  /** Of passages that likely do. */
  public static final Likeness ALIKE_ENOUGH = of(0.9, 0.4, 0.8, 0.8, 500);

  private Likenesses() {}

  /** An English question of five words. */
  public static Likeness of(
      double sentence, double phrases, double sentenceWords, double passageWords, long chunks) {
    return new Likeness(
        1, true, sentence, phrases, sentenceWords, passageWords, sentenceWords, 5, chunks);
  }

  /** A question of which the vectors know nothing. */
  public static Likeness inUnknownLanguage(double phrases, double words) {
    return new Likeness(0, false, 0, phrases, words, words, words, 5, 500);
  }

  /** The same with a nearest sentence. */
  public static Likeness near(double sentence, Likeness other) {
    return new Likeness(
        other.known(),
        other.english(),
        sentence,
        other.phrases(),
        other.sentenceWords(),
        other.passageWords(),
        other.pieces(),
        other.words(),
        other.chunks());
  }

  /** Grounds of nothing else. */
  public static Grounds grounds(Likeness likeness, GroundingSettings settings) {
    return new Grounds(settings, false, likeness, null, CosineScale.NONE, Map.of(), Map.of());
  }
}
