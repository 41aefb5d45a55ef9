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

  /**
   * Parses a part of a document, whose content was found to be a text ({@link ContentScan}). Its
   * blocks are those that the whole document has there, but for the last ones, which may go on
   * behind the part.
   *
   * @param part begins where the document does, or with a line that begins one of its blocks
   * @param above what the document said before
   */
  ParsedWindow parse(SourceText part, MediaType mediaType, Outline above);
}
