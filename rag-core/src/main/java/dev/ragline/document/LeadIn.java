package dev.ragline.document;

/**
 * Text further up in a document that a chunk cannot be understood without, as it stands in what the
 * text announces.
 *
 * @param chunk the ordinal of the chunk that it begins in
 * @param range bytes of the chunk's revision
 * @param text what a reader sees of these bytes, on one line
 */
public record LeadIn(Kind kind, int chunk, ByteRange range, String text) {
  /** What the text is. */
  public enum Kind {
    /** A sentence that announces a list, a table, code or a paragraph. */
    SENTENCE,
    /** The beginning of a list's item, above what else the item holds. */
    ITEM,
    /** A table's row of column names. */
    HEADER_ROW
  }
}
