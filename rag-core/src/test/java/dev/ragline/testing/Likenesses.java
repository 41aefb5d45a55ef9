package dev.ragline.testing;

import dev.ragline.document.GroundingSettings;
import dev.ragline.presence.Lack;
import dev.ragline.retrieval.CosineScale;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Likeness;
import dev.ragline.retrieval.PassageLikeness;
import java.util.List;
import java.util.Map;

/** How passages may be like a question. */
public final class Likenesses {
  /** What a passage lacks that has all. */
  private static final Lack NOTHING = new Lack(0, 0, 0, false);

  /** Of passages that have nothing to do with it. */
  public static final Likeness STRANGE = of(0.1, 0.02, 0.2, 0.2, 500);

  /** Of passages that answer it. */
  public static final Likeness ALIKE = of(1.1, 0.7, 1, 1, 500);

  /** Of passages that likely do. */
  public static final Likeness ALIKE_ENOUGH = of(0.9, 0.4, 0.8, 0.8, 500);

  private Likenesses() {}

  /** An English question of five words. */
  public static Likeness of(
      double nearness, double phrases, double sentenceWords, double passageWords, long chunks) {
    return english(chunks, passage(nearness, phrases, sentenceWords, passageWords));
  }

  /** A passage that lacks nothing that must be there. */
  public static PassageLikeness passage(
      double nearness, double phrases, double sentenceWords, double passageWords) {
    return lacking(NOTHING, nearness, phrases, sentenceWords, passageWords);
  }

  /** A passage that lacks something. */
  public static PassageLikeness lacking(
      Lack lack, double nearness, double phrases, double sentenceWords, double passageWords) {
    return new PassageLikeness(
        nearness, phrases, sentenceWords, passageWords, passageWords, sentenceWords, lack);
  }

  /** The same to several passages. */
  public static Likeness english(long chunks, PassageLikeness... passages) {
    return new Likeness(1, true, 0, 5, chunks, List.of(passages));
  }

  /** A question of which the vectors know nothing. */
  public static Likeness inUnknownLanguage(double nearness, double phrases, double words) {
    return new Likeness(0, false, 0, 5, 500, List.of(passage(nearness, phrases, words, words)));
  }

  /** Grounds of nothing else. */
  public static Grounds grounds(Likeness likeness, GroundingSettings settings) {
    return new Grounds(
        settings, false, likeness, null, CosineScale.NONE, Map.of(), Map.of(), Map.of());
  }
}
