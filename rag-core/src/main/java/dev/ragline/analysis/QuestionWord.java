package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A word of a question.
 *
 * @param forms how it is written in the words of documents of each language; never empty, but
 *     languages in which it is a stop word are missing
 * @param alike what documents of each language are found by beside it when they write the same in
 *     another way: without diacritics, with a number's digits grouped otherwise
 * @param weight 0…1, what it is worth beside others; parts of a word are worth less than the whole
 */
public record QuestionWord(
    SortedMap<Language, Set<String>> forms, SortedMap<Language, Set<String>> alike, double weight) {
  public QuestionWord {
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("a word has a form");
    }
    forms = Collections.unmodifiableSortedMap(new TreeMap<>(forms));
    alike = Collections.unmodifiableSortedMap(new TreeMap<>(alike));
  }

  /** All ways in which documents of a language may have it; none where it is a stop word. */
  public Set<String> ways(Language language) {
    Set<String> ways = new HashSet<>(forms.getOrDefault(language, Set.of()));
    ways.addAll(alike.getOrDefault(language, Set.of()));
    return ways;
  }

  /** The same, and found by more. */
  QuestionWord alsoAs(Map<Language, Set<String>> more) {
    SortedMap<Language, Set<String>> all = new TreeMap<>(alike);
    more.forEach(
        (language, words) -> {
          Set<String> others = new HashSet<>(all.getOrDefault(language, Set.of()));
          others.addAll(words);
          others.removeAll(forms.getOrDefault(language, Set.of()));
          if (!others.isEmpty()) {
            all.put(language, others);
          }
        });
    return new QuestionWord(forms, all, weight);
  }
}
