package dev.ragline.answering.extractive;

import dev.ragline.parsing.TextSpan;
import java.util.Set;

/**
 * A sentence that can be quoted.
 *
 * @param span chars of the chunk's text
 * @param text the same as a reader sees it, on one line
 * @param stems stems of its words
 */
record Sentence(Section section, TextSpan span, String text, Set<String> stems) {
  Sentence {
    stems = Set.copyOf(stems);
  }

  static Sentence of(Section section, TextSpan span, String text) {
    return new Sentence(section, span, text, Stems.of(text, section.language()));
  }
}
