package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of a question that carry content, and where else they stand. What every question has,
 * such as "how" or "which", carries none, though it may be searched for.
 *
 * @param words in order; all words where none carries content
 * @param own of the languages at hand those that the question may be in
 */
public record ContentWords(List<QuestionWord> words, Set<Language> own) {
  /** Words of a long question that are looked at. */
  private static final int MOST = 64;

  public ContentWords {
    words = List.copyOf(words);
    own = Set.copyOf(own);
  }

  /**
   * Finds them.
   *
   * @param texts how many texts of each language they will be looked for in
   */
  public static ContentWords of(String question, Map<Language, Long> texts) {
    Question analysed = Question.of(question, texts, MOST);
    Set<Language> own = written(question, analysed.own());
    List<QuestionWord> content =
        analysed.units().stream().filter(word -> !isSmall(word, own)).toList();
    return new ContentWords(content.isEmpty() ? analysed.units() : content, own);
  }

  /** Those of some languages that are written as the question is; all where none is. */
  private static Set<Language> written(String question, Set<Language> languages) {
    Optional<UnicodeScript> script =
        Run.of(question, Run.hasKana(question)).stream()
            .max(Comparator.comparingInt(run -> run.end() - run.start()))
            .map(Run::script);
    Set<Language> same =
        languages.stream()
            .filter(it -> script.isEmpty() || Scripts.of(it).contains(script.get()))
            .collect(Collectors.toSet());
    return same.isEmpty() ? languages : same;
  }

  private static boolean isSmall(QuestionWord word, Set<Language> own) {
    return own.stream()
        .anyMatch(
            language ->
                SmallWords.forms(language)
                    .containsAll(word.forms().getOrDefault(language, Set.of("\u0000"))));
  }

  /** How many there are. */
  public int count() {
    return words.size();
  }

  /**
   * Which of them stand in a text.
   *
   * @param text the text's words, as {@link Words} finds them
   */
  public BitSet in(Set<String> text, Language language) {
    BitSet found = new BitSet(words.size());
    for (int i = 0; i < words.size(); i++) {
      if (!Collections.disjoint(text, words.get(i).ways(language))) {
        found.set(i);
      }
    }
    return found;
  }
}
