package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Finds a question's words in the forms of a corpus's languages. */
final class QuestionAnalysis {
  /** Chars of a long question that are looked at, for each word that is wanted. */
  private static final int CHARS_A_WORD = 20;

  private final String text;
  private final int most;

  /** Most frequent first. */
  private final List<Language> languages;

  private final List<Run> runs;

  /** Chars of the question. */
  private record Place(int start, int end) implements Comparable<Place> {
    static Place of(Token token) {
      return new Place(token.start(), token.end());
    }

    @Override
    public int compareTo(Place other) {
      return start == other.start ? end - other.end : start - other.start;
    }
  }

  QuestionAnalysis(String text, Map<Language, Long> corpus, int most) {
    this.text = Words.narrow(text.substring(0, Math.min(text.length(), most * CHARS_A_WORD)));
    this.most = most;
    this.languages =
        corpus.entrySet().stream()
            .sorted(
                Map.Entry.<Language, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    this.runs = Run.of(this.text, Run.hasKana(this.text));
  }

  Question question() {
    Set<QuestionWord> words = new LinkedHashSet<>();
    runs.forEach(run -> words.addAll(words(run)));
    return new Question(words.stream().limit(most).toList(), own());
  }

  /** The languages whose rules are those that the longest part of the question gives away. */
  private Set<Language> own() {
    Optional<UnicodeScript> script =
        runs.stream().max(Comparator.comparingInt(run -> run.end() - run.start())).map(Run::script);
    Optional<Language> obvious = script.flatMap(it -> given(it, 0));
    return languages.stream()
        .filter(it -> obvious.isEmpty() || Scripts.rules(script.get(), it).equals(obvious.get()))
        .collect(Collectors.toSet());
  }

  /**
   * The words of a run. What is a stop word in every language is none, and neither is what is one
   * in the question's own.
   */
  private List<QuestionWord> words(Run run) {
    Map<Language, SortedMap<Place, Set<String>>> byRules = new LinkedHashMap<>();
    for (Language language : languages) {
      byRules.computeIfAbsent(Scripts.rules(run.script(), language), rules -> forms(run, rules));
    }
    SortedMap<Place, Map<Language, Set<String>>> words = new TreeMap<>();
    for (Language language : languages) {
      var forms = byRules.getOrDefault(Scripts.rules(run.script(), language), new TreeMap<>());
      forms.forEach(
          (place, those) ->
              words.computeIfAbsent(place, p -> new HashMap<>()).put(language, those));
    }
    if (!Scripts.isUnspaced(run.script())) {
      given(run.script(), 1)
          .flatMap(own -> Optional.ofNullable(byRules.get(own)))
          .ifPresent(own -> words.keySet().retainAll(own.keySet()));
    }
    return words.values().stream().map(QuestionWord::new).toList();
  }

  private SortedMap<Place, Set<String>> forms(Run run, Language rules) {
    SortedMap<Place, Set<String>> forms = new TreeMap<>();
    Token.scan(
        text,
        run,
        Analyzers.of(rules),
        token -> forms.computeIfAbsent(Place.of(token), p -> new TreeSet<>()).add(token.word()));
    return forms;
  }

  /**
   * The language that a question's small words give away, if they do. The corpus's most frequent
   * language has a bonus of half a word.
   *
   * @param moreThan so many small words are not enough
   */
  private Optional<Language> given(UnicodeScript script, int moreThan) {
    List<Language> candidates =
        languages.stream().map(it -> Scripts.rules(script, it)).distinct().toList();
    if (candidates.size() < 2) {
      return candidates.stream().findFirst();
    }
    List<Run> same = runs.stream().filter(run -> run.script() == script).toList();
    Map<Language, Integer> counts = StopWords.count(text, same, candidates);
    ToDoubleFunction<Language> votes =
        candidate -> {
          int count = counts.getOrDefault(candidate, 0);
          return count > 0 && candidate.equals(candidates.getFirst()) ? count + 0.5 : count;
        };
    List<Language> ranked =
        candidates.stream().sorted(Comparator.comparingDouble(votes).reversed()).toList();
    double best = votes.applyAsDouble(ranked.getFirst());
    boolean clear = best > moreThan && best > votes.applyAsDouble(ranked.get(1));
    return clear ? Optional.of(ranked.getFirst()) : Optional.empty();
  }
}
