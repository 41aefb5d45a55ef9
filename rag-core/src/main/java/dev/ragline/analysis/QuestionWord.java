package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A word of a question.
 *
 * @param forms how it is written in the words of documents of each language; never empty, but
 *     languages in which it is a stop word are missing
 */
public record QuestionWord(SortedMap<Language, Set<String>> forms) {
  public QuestionWord {
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("a word has a form");
    }
    forms = Collections.unmodifiableSortedMap(new TreeMap<>(forms));
  }

  QuestionWord(Map<Language, Set<String>> forms) {
    this(new TreeMap<>(forms));
  }
}
