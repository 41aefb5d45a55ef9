package dev.ragline.retrieval;

import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that was found for a question.
 *
 * @param rank from 1
 * @param collapsed chunks of nearly the same text that it stands for, best first
 * @param expanded the chunk with what stands around it; null where nothing was added
 */
public record Passage(
    int rank,
    Chunk chunk,
    Document document,
    Scores scores,
    List<ChunkId> collapsed,
    @Nullable ExpandedText expanded) {
  public Passage {
    collapsed = List.copyOf(collapsed);
  }

  /** A chunk that stands for itself. */
  public Passage(int rank, Chunk chunk, Document document, Scores scores) {
    this(rank, chunk, document, scores, List.of(), null);
  }

  /** What can be quoted, in the document's order: the chunk, or all those of its expanded text. */
  public List<Chunk> chunks() {
    return expanded == null ? List.of(chunk) : expanded.chunks();
  }

  /** What there is to read: the expanded text, or the chunk's. */
  public String text() {
    return expanded == null ? chunk.text() : expanded.text();
  }
}
