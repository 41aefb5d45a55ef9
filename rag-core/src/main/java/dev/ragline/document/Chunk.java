package dev.ragline.document;

import java.util.List;

/**
 * A piece of a document's revision.
 *
 * @param revision digest of the content that {@code range} counts in
 * @param text exactly the content's bytes in {@code range}
 * @param headingPath the headings above the text, outermost first
 * @param leadIns what announces the text's beginning and stands in earlier chunks, outermost first
 */
public record Chunk(
    ChunkId id,
    Sha256 revision,
    String text,
    ByteRange range,
    List<String> headingPath,
    List<LeadIn> leadIns) {
  public Chunk {
    headingPath = List.copyOf(headingPath);
    leadIns = List.copyOf(leadIns);
  }

  /** A chunk that begins with something of its own. */
  public Chunk(
      ChunkId id, Sha256 revision, String text, ByteRange range, List<String> headingPath) {
    this(id, revision, text, range, headingPath, List.of());
  }
}
