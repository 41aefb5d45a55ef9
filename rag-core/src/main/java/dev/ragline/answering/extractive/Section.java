package dev.ragline.answering.extractive;

import dev.ragline.document.Language;
import java.util.Set;

/**
 * A part of a passage under one heading.
 *
 * @param passage the passage's index
 * @param language what its document is in
 * @param heading the heading as a reader sees it; empty where there is none
 * @param stems stems of the heading's words
 */
record Section(int passage, Language language, String heading, Set<String> stems) {
  Section {
    stems = Set.copyOf(stems);
  }

  static Section of(int passage, Language language, String heading) {
    return new Section(passage, language, heading, Stems.of(heading, language));
  }
}
