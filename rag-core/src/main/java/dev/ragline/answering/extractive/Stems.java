package dev.ragline.answering.extractive;

import dev.ragline.answering.Words;
import dev.ragline.document.Language;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words without their endings. English ones lose more than they do for searching, so that {@code
 * stored}, {@code stores} and {@code storage} meet: it errs on the side of meeting, as the words
 * only help to choose what to quote.
 */
final class Stems {
  private static final int SHORTEST_STEM = 4;

  /** Longest first. */
  private static final String[] ENDINGS = {
    "ations", "ation", "ments", "ment", "ings", "ages", "ing", "age", "ies", "ers", "ors", "ion",
    "ed", "es", "er", "or", "ly", "al", "e", "s", "y"
  };

  private Stems() {}

  /** The different stems of a text's content words; of all words where none has content. */
  static Set<String> of(String text, Language language) {
    if (language.equals(Language.ENGLISH) || language.equals(Language.UNDETERMINED)) {
      return english(text);
    }
    Set<String> stems = new LinkedHashSet<>(dev.ragline.analysis.Words.of(text, language));
    return stems.isEmpty() ? Words.content(text) : stems;
  }

  private static Set<String> english(String text) {
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
