package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Finds a question's words in the forms of a corpus's languages. */
final class QuestionAnalysis {
  private final String text;
  private final int most;

  /** Most frequent first. */
  private final List<Language> languages;

  private final List<Run> runs;

  QuestionAnalysis(String text, Map<Language, Long> corpus, int most) {
    this.text = Words.narrow(text);
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
    Set<QuestionWord> units = new LinkedHashSet<>();
    for (Run run : runs) {
      PlacedWords placed = placed(run);
      words.addAll(placed.words());
      units.addAll(placed.units());
    }
    return new Question(
        words.stream().limit(most).toList(), units.stream().limit(most).toList(), own());
  }

  /** The languages whose rules are those that the longest part of the question gives away. */
  private Set<Language> own() {
    Optional<UnicodeScript> script = script();
    Optional<Language> obvious = script.flatMap(it -> given(it, 0));
    return languages.stream()
        .filter(it -> obvious.isEmpty() || Scripts.rules(script.get(), it).equals(obvious.get()))
        .collect(Collectors.toSet());
  }

  /** That of the longest part. */
  private Optional<UnicodeScript> script() {
    return runs.stream()
        .max(Comparator.comparingInt(run -> run.end() - run.start()))
        .map(Run::script);
  }

  /** See {@link Question#language}. */
  Language language() {
    Optional<UnicodeScript> script = script();
    Language likely = languages.isEmpty() ? Language.UNDETERMINED : languages.getFirst();
    return script
        .flatMap(it -> given(it, 0))
        .or(() -> script.map(it -> Scripts.rules(it, likely)))
        .orElse(Language.UNDETERMINED);
  }

  /**
   * The words of a run. What is a stop word in every language is none, and neither is what is one
   * in the question's own.
   */
  private PlacedWords placed(Run run) {
    Map<Language, Terms> byRules = new LinkedHashMap<>();
    PlacedWords placed = new PlacedWords();
    for (Language language : languages) {
      Language rules = Scripts.rules(run.script(), language);
      placed.add(language, byRules.computeIfAbsent(rules, it -> Terms.of(text, run, it)));
    }
    if (!Scripts.isUnspaced(run.script())) {
      given(run.script(), 1)
          .flatMap(own -> Optional.ofNullable(byRules.get(own)))
          .ifPresent(placed::retain);
    }
    return placed;
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
