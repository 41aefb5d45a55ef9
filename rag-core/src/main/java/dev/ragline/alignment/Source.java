package dev.ragline.alignment;

import dev.ragline.analysis.Words;
import dev.ragline.document.Language;
import dev.ragline.parsing.Readings;
import dev.ragline.parsing.Sentences;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A passage made ready to be compared with statements, sentence by sentence. */
public final class Source {
  private final Language language;
  private final Set<String> headings;
  private final Set<String> numbers;
  private final List<Set<String>> sentences = new ArrayList<>();

  /**
   * @param markdown the passage
   * @param context what stands above it, such as its headings
   * @param language by whose rules its words are compared
   */
  public Source(String markdown, String context, Language language) {
    this(Sentences.texts(Readings.markdown(markdown)), context, language);
  }

  /**
   * @param sentences those of the passage, as a reader sees them
   * @param context what stands above it, such as its headings
   * @param language by whose rules its words are compared
   */
  public Source(List<String> sentences, String context, Language language) {
    this.language = language;
    this.headings = new HashSet<>(Words.of(context, language));
    this.numbers = new HashSet<>(Numbers.readings(Numbers.of(context)));
    sentences.forEach(sentence -> numbers.addAll(Numbers.readings(Numbers.of(sentence))));
    sentences.stream()
        .map(sentence -> Set.copyOf(Words.of(sentence, language)))
        .filter(words -> !words.isEmpty())
        .forEach(this.sentences::add);
  }

  Language language() {
    return language;
  }

  /**
   * The share, 0…1, of a statement's words that stand together: in two sentences that follow one
   * another, or in the headings. 0 without words.
   */
  double lexical(Statement statement) {
    Set<String> words = statement.words(language);
    if (words.isEmpty()) {
      return 0;
    }
    double best = 0;
    for (int i = 0; i < Math.max(1, sentences.size()); i++) {
      Set<String> one = i < sentences.size() ? sentences.get(i) : Set.of();
      Set<String> next = i + 1 < sentences.size() ? sentences.get(i + 1) : Set.of();
      long found =
          words.stream()
              .filter(w -> one.contains(w) || next.contains(w) || headings.contains(w))
              .count();
      best = Math.max(best, found / (double) words.size());
    }
    return best;
  }

  /** The share, 0…1, of a statement's numbers that the passage has; 1 without numbers. */
  double numbers(Statement statement) {
    List<Set<String>> all = statement.numbers();
    long found = all.stream().filter(readings -> !Collections.disjoint(readings, numbers)).count();
    return all.isEmpty() ? 1 : found / (double) all.size();
  }
}
