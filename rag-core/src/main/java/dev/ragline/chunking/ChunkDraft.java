package dev.ragline.chunking;

import dev.ragline.document.ByteRange;
import java.util.List;

/**
 * A chunk before it has a place in a store.
 *
 * @param text exactly the document's bytes in {@code range}
 * @param headingPath the headings above the text, outermost first
 * @param embeddedText what the embedding model reads: the text, and the context that helps to find
 *     it
 */
public record ChunkDraft(
    String text, ByteRange range, List<String> headingPath, String embeddedText) {
  public ChunkDraft {
    headingPath = List.copyOf(headingPath);
  }
}
