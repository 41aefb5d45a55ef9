package dev.ragline.store.lucene;

import dev.ragline.document.DocumentId;
import java.util.List;
import org.apache.lucene.document.Document;

/** One change of an index. */
sealed interface Change {
  /**
   * Puts rows in place of whatever the document held.
   *
   * @param blocks at least one; the rows of each stay next to each other
   */
  record Replace(DocumentId document, List<Iterable<Document>> blocks, int chunks)
      implements Change {
    /** Whether readers must know that a document can have several blocks. */
    boolean isDivided() {
      return blocks.size() > 1;
    }
  }

  /** Removes a document. */
  record Delete(DocumentId document) implements Change {}

  /** Changes nothing, but is written to the disk as all others are. */
  record Nothing() implements Change {}
}
