package dev.ragline.chunking;

import dev.ragline.document.Chunking;
import dev.ragline.document.MediaType;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.BlockStarts;
import dev.ragline.parsing.ParsedWindow;
import dev.ragline.parsing.SourceText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the chunks of a window that are those of the whole document, and where the next window
 * begins, so that cutting anew there gives the same chunks as if it had gone on. That is at the
 * beginning of a chunk that no cut before it has a part in, and behind which some more chunks show
 * that nothing which the window does not hold has a part in those before it.
 */
final class Seams {
  /** Chunks that are seen behind a seam before it is taken for one. */
  private static final int BEHIND = 3;

  private final Chunking chunking;
  private final MediaType mediaType;
  private final int lead;

  Seams(Chunking chunking, MediaType mediaType) {
    this.chunking = chunking;
    this.mediaType = mediaType;
    this.lead = Chunkers.lead(chunking);
  }

  /**
   * Where to go on.
   *
   * @param chunk the first that the next window cuts again
   * @param start where the next window begins
   * @param from where its first chunk does
   * @param block the block that the next window begins in, or -1 when it begins where this one does
   */
  record Seam(int chunk, int start, int from, int block) {}

  /** The last seam of a window behind which the document goes on; null when it has none. */
  @Nullable Seam last(ParsedWindow window, List<ChunkDraft> chunks) {
    List<Block> blocks = window.document().blocks();
    int certain = certainChars(window);
    int usable = chunks.size();
    while (usable > 0 && chunks.get(usable - 1).span().end() > certain) {
      usable--;
    }
    Set<Integer> sectionStarts = sectionStarts(blocks);
    for (int i = usable - BEHIND; i > 0; i--) {
      int from = chunks.get(i).span().start();
      if (isPartOfOne(chunks.get(i - 1), chunks.get(i))
          || !beginsAnew(from, blocks, sectionStarts)) {
        continue;
      }
      Seam seam = seam(i, from, window);
      if (seam != null) {
        return seam;
      }
    }
    return null;
  }

  private boolean isStructure() {
    return chunking instanceof Chunking.Structure;
  }

  private boolean looksAtBlocks() {
    return isStructure() || mediaType == MediaType.MARKDOWN;
  }

  /** What follows may still change the last block: where it ends, and what it is. */
  private int certainChars(ParsedWindow window) {
    if (!looksAtBlocks()) {
      return window.document().source().text().length();
    }
    List<Block> blocks = window.document().blocks();
    return blocks.isEmpty() ? 0 : blocks.getLast().span().start();
  }

  private static Set<Integer> sectionStarts(List<Block> blocks) {
    Set<Integer> starts = new HashSet<>();
    for (Section section : Section.of(blocks)) {
      section.blocks().stream()
          .filter(block -> block.kind() != Block.Kind.MARKUP)
          .findFirst()
          .ifPresent(block -> starts.add(block.span().start()));
    }
    return starts;
  }

  /** Whether two chunks may be what one was cut into because it was too large. */
  private boolean isPartOfOne(ChunkDraft one, ChunkDraft next) {
    if (chunking instanceof Chunking.Separator) {
      // There the parts are cut one after the other, whatever came before.
      return false;
    }
    SourceText source = one.source();
    return 2 * one.range().length() > LargestChunk.BYTES
        && source.bytes(one.span().start(), next.span().end()).length() > LargestChunk.BYTES;
  }

  /** Whether no text before the place has a part in what is cut from there on. */
  private boolean beginsAnew(int place, List<Block> blocks, Set<Integer> sectionStarts) {
    if (!isStructure()) {
      return true;
    }
    int at = blockAt(blocks, place);
    if (at < 0 || blocks.get(at).span().start() != place) {
      return false;
    }
    return blocks.get(at).kind() != Block.Kind.HEADING || sectionStarts.contains(place);
  }

  private @Nullable Seam seam(int chunk, int from, ParsedWindow window) {
    String text = window.document().source().text();
    List<Block> blocks = window.document().blocks();
    int target = Math.max(0, from - lead);
    if (mediaType == MediaType.PLAIN_TEXT) {
      boolean inPair = target > 0 && Character.isLowSurrogate(text.charAt(target));
      int start = inPair ? target - 1 : target;
      return new Seam(chunk, start, from - start, -1);
    }
    for (int i = blockAt(blocks, target); i >= 0; i--) {
      int start = BlockStarts.line(text, blocks, i);
      if (start >= 0) {
        return new Seam(chunk, start, from - start, i);
      }
      if (isStructure()) {
        return null;
      }
    }
    return new Seam(chunk, 0, from, -1);
  }

  /** The last block that begins at a place or before it; -1 when there is none. */
  private static int blockAt(List<Block> blocks, int place) {
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).span().start() <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
