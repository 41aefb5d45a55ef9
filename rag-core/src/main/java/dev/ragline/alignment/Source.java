package dev.ragline.alignment;

import dev.ragline.analysis.Words;
import dev.ragline.document.Language;
import dev.ragline.parsing.PlainText;
import dev.ragline.parsing.Sentences;
import java.util.ArrayList;
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
   * @param text the passage
   * @param context what stands above it, such as its headings
   * @param language by whose rules its words are compared
   */
  public Source(String text, String context, Language language) {
    this.language = language;
    this.headings = new HashSet<>(Words.of(context, language));
    this.numbers = new HashSet<>(Numbers.of(text));
    numbers.addAll(Numbers.of(context));
    Sentences.in(text).stream()
        .map(span -> PlainText.of(span.of(text)))
        .map(sentence -> Set.copyOf(Words.of(sentence, language)))
        .filter(words -> !words.isEmpty())
        .forEach(sentences::add);
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
    Set<String> all = statement.numbers();
    return all.isEmpty() ? 1 : all.stream().filter(numbers::contains).count() / (double) all.size();
  }
}
