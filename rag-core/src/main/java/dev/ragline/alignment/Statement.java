package dev.ragline.alignment;

import dev.ragline.analysis.Words;
import dev.ragline.document.Language;
import dev.ragline.parsing.Readings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sentence made ready to be compared: its words by the rules of a language, and its numbers. */
public final class Statement {
  /** Fewer words say too little to be compared. */
  private static final int ENOUGH_WORDS = 2;

  private static final String LEADS_IN = ":：?？؟";

  private final String text;
  private final Map<Language, Set<String>> words = new HashMap<>();
  private final List<Set<String>> numbers;

  /**
   * @param markdown the sentence as it was written
   */
  public Statement(String markdown) {
    this.text = Readings.markdown(markdown).text();
    this.numbers = Numbers.of(text);
  }

  /** What a reader sees of it. */
  public String text() {
    return text;
  }

  /** Its different words. */
  Set<String> words(Language language) {
    return words.computeIfAbsent(language, by -> new HashSet<>(Words.shared(text, by)));
  }

  /** Its different numbers, each with its readings. */
  List<Set<String>> numbers() {
    return numbers;
  }

  /** Whether it claims anything: it is no question, leads into nothing, and has enough words. */
  boolean claims(Language language) {
    boolean ends = !text.isEmpty() && LEADS_IN.indexOf(text.charAt(text.length() - 1)) < 0;
    return ends && words(language).size() >= ENOUGH_WORDS;
  }
}
