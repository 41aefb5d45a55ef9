package dev.ragline.evaluation;

import dev.ragline.document.Chunk;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.retrieval.Passage;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place that must be found; a passage is right when it fits all that is set.
 *
 * @param document the document that the passage must be of; null for any
 * @param section a heading above the passage, at any level, up to case, punctuation and an
 *     attribute such as {@code {#id}}; before the first heading the document's title; empty for
 *     anywhere
 * @param text what the passage must contain, up to white space; empty for anything
 */
public record Expected(@Nullable DocumentId document, String section, String text) {
  public Expected {
    section = section.strip();
    text = Wording.normalized(text);
    if (document == null && section.isEmpty() && text.isEmpty()) {
      throw RagException.invalid(
          "document", "an expected passage has a document, a section or a text");
    }
  }

  /** Whether this is the place. */
  boolean fits(Passage passage) {
    boolean there = section.isEmpty() ? fitsDocument(passage) : fitsSection(passage);
    return there && (text.isEmpty() || Wording.normalized(passage.text()).contains(text));
  }

  /** Whether this is the document, or there may be any. */
  boolean fitsDocument(Passage passage) {
    return document == null || document.equals(passage.chunk().id().document());
  }

  /** Whether this is the document and a piece of the section; wants a section. */
  boolean fitsSection(Passage passage) {
    return fitsDocument(passage)
        && passage.chunks().stream().anyMatch(c -> isInSection(c, passage.document().title()));
  }

  /**
   * Whether a chunk of the right document stands below the heading that is wanted, or holds it: one
   * that was cut without regard to structure may.
   *
   * @param title what the document is called
   */
  boolean isInSection(Chunk chunk, String title) {
    String wanted = Wording.heading(section);
    List<String> above = chunk.headingPath().isEmpty() ? List.of(title) : chunk.headingPath();
    Stream<String> within = chunk.text().lines().filter(line -> line.startsWith("#"));
    return Stream.concat(above.stream(), within)
        .anyMatch(heading -> Wording.heading(heading).equals(wanted));
  }
}
