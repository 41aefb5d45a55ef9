package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The common forms of the small words of each language, which rules may let pass as words. */
final class SmallWords {
  private static final ConcurrentMap<Language, Set<String>> FORMS = new ConcurrentHashMap<>();

  private SmallWords() {}

  /** The forms, as {@link Words} would give them. */
  static Set<String> forms(Language language) {
    return FORMS.computeIfAbsent(language, SmallWords::find);
  }

  private static Set<String> find(Language language) {
    Set<String> forms = new HashSet<>();
    for (Object word : StopWords.of(language)) {
      forms.addAll(Words.of(String.valueOf((char[]) word), language));
    }
    return Set.copyOf(forms);
  }
}
