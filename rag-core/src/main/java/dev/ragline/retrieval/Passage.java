package dev.ragline.retrieval;

import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.parsing.Readings;
import java.util.List;
import java.util.stream.Collectors;
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

  /** What a reader sees of {@link #chunks}, one by one. */
  public List<Reading> readings() {
    return chunks().stream().map(this::reading).toList();
  }

  /** What a reader sees of one of {@link #chunks}. */
  public Reading reading(Chunk one) {
    return Readings.of(one, document.mediaType());
  }

  /** What there is to read, as a reader sees it: all of {@link #chunks}, code between fences. */
  public String text() {
    return readings().stream().map(Passage::text).collect(Collectors.joining("\n\n"));
  }

  private static String text(Reading reading) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    for (ReadingUnit unit : reading.units()) {
      if (unit.kind() == ReadingUnit.Kind.CODE) {
        String code = unit.span().of(reading.text());
        String fence = code.contains("```") ? "~~~~" : "```";
        text.append(reading.text(), done, unit.span().start());
        text.append(fence).append('\n').append(code).append('\n').append(fence);
        done = unit.span().end();
      }
    }
    return text.append(reading.text(), done, reading.text().length()).toString();
  }
}
