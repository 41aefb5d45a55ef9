package dev.ragline.answering.extractive;

import dev.ragline.analysis.Words;
import dev.ragline.parsing.TextSpan;
import java.util.Comparator;
import java.util.Set;

/**
 * A sentence that can be quoted.
 *
 * @param chunk the ordinal of the chunk that it stands in
 * @param span chars of that chunk's text
 * @param text the same as a reader sees it, on one line
 * @param words its different words
 */
record Sentence(Section section, int chunk, TextSpan span, String text, Set<String> words) {
  /** By passage, and as they stand there. */
  static final Comparator<Sentence> IN_TEXT =
      Comparator.comparingInt((Sentence s) -> s.section().passage())
          .thenComparingInt(Sentence::chunk)
          .thenComparingInt(s -> s.span().start());

  Sentence {
    words = Set.copyOf(words);
  }

  static Sentence of(Section section, int chunk, TextSpan span, String text) {
    return new Sentence(section, chunk, span, text, Set.copyOf(Words.of(text, section.language())));
  }
}
