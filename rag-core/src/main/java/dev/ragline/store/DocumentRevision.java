package dev.ragline.store;

import dev.ragline.document.Content;
import dev.ragline.document.Document;
import java.util.List;

/**
 * All of a document that is written at once.
 *
 * @param content the bytes whose digest is {@code document.revision()}
 * @param chunks by ordinal, {@code document.chunkCount()} of them; not copied, since it may be a
 *     list that makes each chunk when it is asked for: go through it in order, and keep little
 */
public record DocumentRevision(Document document, Content content, List<EmbeddedChunk> chunks) {
  public DocumentRevision {
    if (chunks.size() != document.chunkCount()) {
      throw new IllegalArgumentException("the document does not have the chunks it says");
    }
  }

  /** With content that is held in memory. */
  public DocumentRevision(Document document, byte[] content, List<EmbeddedChunk> chunks) {
    this(document, Content.of(content), chunks);
  }
}
