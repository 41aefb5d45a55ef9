package dev.ragline.answering.extractive;

import dev.ragline.answering.Words;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words without their commonest English endings, so that {@code stored}, {@code stores} and {@code
 * storage} meet. It errs on the side of meeting: the words only help to choose what to quote.
 */
final class Stems {
  private static final int SHORTEST_STEM = 4;

  /** Longest first. */
  private static final String[] ENDINGS = {
    "ations", "ation", "ments", "ment", "ings", "ages", "ing", "age", "ies", "ers", "ors", "ion",
    "ed", "es", "er", "or", "ly", "al", "e", "s", "y"
  };

  private Stems() {}

  /** The different stems of a text's content words. */
  static Set<String> of(String text) {
    return Words.content(text).stream()
        .map(Stems::stem)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String stem(String word) {
    for (String ending : ENDINGS) {
      if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }
}
