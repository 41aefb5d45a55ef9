package dev.ragline.retrieval;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import java.util.List;

/**
 * A passage with the text around it.
 *
 * @param text exactly the revision's bytes in {@code range}
 * @param range from the first chunk's start to the last one's end
 * @param chunks one after the other in their document, the passage's own among them
 */
public record ExpandedText(String text, ByteRange range, List<Chunk> chunks) {
  public ExpandedText {
    chunks = List.copyOf(chunks);
  }
}
