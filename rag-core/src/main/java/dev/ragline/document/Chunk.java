package dev.ragline.document;

import dev.ragline.document.reading.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a document's revision.
 *
 * @param revision digest of the content that {@code range} counts in
 * @param text exactly the content's bytes in {@code range}
 * @param headingPath the headings above the text, outermost first
 * @param leadIns what announces the text's beginning and stands in earlier chunks, outermost first
 * @param reading what a reader sees of the text; null for chunks from before there were readings
 */
public record Chunk(
    ChunkId id,
    Sha256 revision,
    String text,
    ByteRange range,
    List<String> headingPath,
    List<LeadIn> leadIns,
    @Nullable Reading reading) {
  public Chunk {
    headingPath = List.copyOf(headingPath);
    leadIns = List.copyOf(leadIns);
  }

  /** A chunk without its reading that begins with something of its own. */
  public Chunk(
      ChunkId id, Sha256 revision, String text, ByteRange range, List<String> headingPath) {
    this(id, revision, text, range, headingPath, List.of(), null);
  }
}
