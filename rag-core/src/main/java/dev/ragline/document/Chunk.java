package dev.ragline.document;

import java.util.List;

/**
 * A piece of a document's revision.
 *
 * @param revision digest of the content that {@code range} counts in
 * @param text exactly the content's bytes in {@code range}
 * @param headingPath the headings above the text, outermost first
 */
public record Chunk(
    ChunkId id, Sha256 revision, String text, ByteRange range, List<String> headingPath) {
  public Chunk {
    headingPath = List.copyOf(headingPath);
  }
}
