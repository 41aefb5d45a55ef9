package dev.ragline.chunking;

import dev.ragline.parsing.ParsedDocument;
import java.util.List;

/** Cuts a document into chunks, in order; the same document always gives the same chunks. */
public interface Chunker {
  /**
   * Cuts a document.
   *
   * @param title what the document is called
   */
  List<ChunkDraft> chunk(ParsedDocument document, String title);
}
