package dev.ragline.answering.extractive;

import java.util.Set;

/**
 * A part of a passage under one heading.
 *
 * @param passage the passage's index
 * @param heading the heading as a reader sees it; empty where there is none
 * @param stems stems of the heading's words
 */
record Section(int passage, String heading, Set<String> stems) {
  Section {
    stems = Set.copyOf(stems);
  }

  static Section of(int passage, String heading) {
    return new Section(passage, heading, Stems.of(heading));
  }
}
