package dev.ragline.parsing;

import dev.ragline.document.MediaType;

/** Turns a document's bytes into text and structure. */
public interface DocumentParser {
  /**
   * Parses a whole document, which may have nothing to read.
   *
   * @throws dev.ragline.document.RagException INVALID_ARGUMENT for content that is no text in UTF-8
   */
  ParsedDocument parse(byte[] content, MediaType mediaType);
}
