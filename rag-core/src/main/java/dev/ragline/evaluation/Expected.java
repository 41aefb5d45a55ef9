package dev.ragline.evaluation;

import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.retrieval.Passage;
import org.jspecify.annotations.Nullable;

/**
 * A place that must be found; a passage is right when it fits all that is set.
 *
 * @param document the document that the passage must be of; null for any
 * @param text what the passage must contain, up to white space; empty for anything
 */
public record Expected(@Nullable DocumentId document, String text) {
  public Expected {
    text = Wording.normalized(text);
    if (document == null && text.isEmpty()) {
      throw RagException.invalid("document", "an expected passage has a document or a text");
    }
  }

  /** Whether this is the place. */
  boolean fits(Passage passage) {
    boolean there = document == null || document.equals(passage.chunk().id().document());
    return there && (text.isEmpty() || Wording.normalized(passage.text()).contains(text));
  }
}
