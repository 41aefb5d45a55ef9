package dev.ragline.store.lucene;

import dev.ragline.document.DocumentId;
import org.apache.lucene.document.Document;

/** One change of an index. */
sealed interface Change {
  /** Puts a block of rows in place of whatever the document held. */
  record Replace(DocumentId document, Iterable<Document> rows, int chunks) implements Change {}

  /** Removes a document. */
  record Delete(DocumentId document) implements Change {}

  /** Changes nothing, but is written to the disk as all others are. */
  record Nothing() implements Change {}
}
