package dev.ragline.parsing;

import dev.ragline.document.MediaType;

/** Turns a document's bytes into text and structure. */
public interface DocumentParser {
  /**
   * Parses a whole document.
   *
   * @throws dev.ragline.document.RagException INVALID_ARGUMENT for content that is not UTF-8, or
   *     that holds no text at all
   */
  ParsedDocument parse(byte[] content, MediaType mediaType);
}
