package dev.ragline.chunking;

import dev.ragline.parsing.ParsedDocument;
import java.util.Iterator;

/** Cuts a document into chunks, in order; the same document always gives the same chunks. */
public interface Chunker {
  /**
   * Cuts a document, each chunk when it is asked for, so that whoever asks can stop.
   *
   * @param title what the document is called
   */
  Iterator<ChunkDraft> chunks(ParsedDocument document, String title);
}
