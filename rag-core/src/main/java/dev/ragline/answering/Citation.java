package dev.ragline.answering;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.Passage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim of an answer with the bytes that it rests on.
 *
 * @param claim a range of the answer's text
 * @param passage where the quote stands
 * @param chunk the passage's own, or one of its expanded text: the one that holds the quote
 * @param quote a range of the passage's revision, within the chunk
 * @param quoteDigest digest of the quote's bytes
 * @param support the share, 0…1, of the claim's words that stand in the quote
 * @param changes of a claim that is the quote as a reader sees it: all of it that is not seen as it
 *     stands, in order; null where the claim is the writer's own words
 */
public record Citation(
    ByteRange claim,
    Passage passage,
    Chunk chunk,
    ByteRange quote,
    Sha256 quoteDigest,
    double support,
    @Nullable List<SourceChange> changes) {
  public Citation {
    changes = changes == null ? null : List.copyOf(changes);
  }

  /** A claim in the writer's own words. */
  public Citation(
      ByteRange claim,
      Passage passage,
      Chunk chunk,
      ByteRange quote,
      Sha256 quoteDigest,
      double support) {
    this(claim, passage, chunk, quote, quoteDigest, support, null);
  }

  /**
   * Bytes that a reader sees as something else.
   *
   * @param source a range of the passage's revision; empty for what is shown between two bytes
   * @param shown what is seen of it; empty for what shows nothing
   */
  public record SourceChange(ByteRange source, String shown) {}
}
