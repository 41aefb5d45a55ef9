package dev.ragline.ranking;

import dev.ragline.analysis.Characters;
import java.util.List;

/**
 * A {@link PassageText} in the form in which questions are compared with it. It takes far longer to
 * make than to compare, and is the same for every question: keep it.
 */
public final class NormalPassage {
  private final String whole;
  private final List<String> sentences;

  private NormalPassage(String whole, List<String> sentences) {
    this.whole = whole;
    this.sentences = sentences;
  }

  /** Brings a passage into this form. */
  public static NormalPassage of(PassageText passage) {
    return new NormalPassage(
        Grams.normalize(passage.whole()),
        passage.sentences().stream().map(Grams::normalize).toList());
  }

  /** The same for a question that has no diacritics, whose author may have left them out. */
  NormalPassage withoutDiacritics() {
    return Characters.hasDiacritics(whole)
        ? new NormalPassage(
            Characters.withoutDiacritics(whole),
            sentences.stream().map(Characters::withoutDiacritics).toList())
        : this;
  }

  String whole() {
    return whole;
  }

  List<String> sentences() {
    return sentences;
  }

  /** Chars that it holds. */
  public int length() {
    return whole.length() + sentences.stream().mapToInt(String::length).sum();
  }
}
