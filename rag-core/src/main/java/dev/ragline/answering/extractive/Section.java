package dev.ragline.answering.extractive;

import dev.ragline.analysis.Words;
import dev.ragline.document.Language;
import dev.ragline.document.reading.TextSpan;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a passage under one heading.
 *
 * @param passage the passage's index
 * @param chunk the ordinal of the chunk that it begins in
 * @param language what its document is in
 * @param heading the heading as a reader sees it; empty where there is none
 * @param span where it stands in the chunk's reading; null where it stands before the chunk
 * @param words the heading's words
 */
record Section(
    int passage,
    int chunk,
    Language language,
    String heading,
    @Nullable TextSpan span,
    Set<String> words) {
  Section {
    words = Set.copyOf(words);
  }

  /** Whether both are parts of one section, which may have been cut into chunks. */
  boolean continues(Section other) {
    return passage == other.passage && heading.equals(other.heading);
  }

  static Section of(
      int passage, int chunk, Language language, String heading, @Nullable TextSpan span) {
    Set<String> words = Set.copyOf(Words.of(heading, language));
    return new Section(passage, chunk, language, heading, span, words);
  }
}
