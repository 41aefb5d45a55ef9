package dev.ragline.store;

import dev.ragline.document.Document;
import java.util.List;

/**
 * All of a document that is written at once.
 *
 * @param content the bytes whose digest is {@code document.revision()}
 * @param chunks by ordinal, {@code document.chunkCount()} of them
 */
public record DocumentRevision(Document document, byte[] content, List<EmbeddedChunk> chunks) {
  public DocumentRevision {
    chunks = List.copyOf(chunks);
    if (chunks.size() != document.chunkCount()) {
      throw new IllegalArgumentException("the document does not have the chunks it says");
    }
  }
}
