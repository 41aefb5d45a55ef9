package dev.ragline.parsing;

import java.util.Arrays;

/**
 * By which rules a text is cut into sentences. Whoever keeps something of each sentence keeps the
 * rules' number beside it, and cuts the text by the same rules again: what was kept by former rules
 * still finds its sentences.
 */
public enum SentenceRules {
  /** Those of the first version, with a dozen abbreviations. */
  FIRST(0),
  /** With the abbreviations of seven languages, and with what follows them. */
  ABBREVIATIONS(1);

  /** Those by which texts are cut now. */
  public static final SentenceRules CURRENT = ABBREVIATIONS;

  private final int number;

  SentenceRules(int number) {
    this.number = number;
  }

  /** What is kept for them: 0 for the first. */
  public int number() {
    return number;
  }

  /** The rules of a number; the current ones for a number that a later version gave. */
  public static SentenceRules of(int number) {
    return Arrays.stream(values()).filter(it -> it.number == number).findFirst().orElse(CURRENT);
  }
}
