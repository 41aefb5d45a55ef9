package dev.ragline.chunking;

import dev.ragline.document.Chunking;

/** Makes the chunker that a corpus asks for. */
public final class Chunkers {
  /** Far above what prose has; keeps runs that a tokenizer takes for one token to a stored size. */
  private static final int MAX_CHARS_PER_TOKEN = 24;

  /** One of more chars has more bytes than a chunk may have. */
  private static final int MAX_CHARS = LargestChunk.BYTES;

  private Chunkers() {}

  /**
   * A chunker for one corpus; it holds no state and can be shared if the counter can.
   *
   * @param windowTokens what the embedding model reads at once, its special tokens not counted. A
   *     chunk as it is embedded has no more, or no more than the size that the corpus asks for
   *     where that is larger.
   */
  public static Chunker create(Chunking chunking, TokenCounter counter, int windowTokens) {
    if (windowTokens < 16) {
      throw new IllegalArgumentException("a window of " + windowTokens + " tokens is too small");
    }
    return switch (chunking) {
      case Chunking.Structure structure -> {
        int size = orWindow(structure.maxTokens(), windowTokens);
        yield new StructureChunker(counter, size, Math.max(size, windowTokens));
      }
      case Chunking.Fixed fixed -> {
        int size = orWindow(fixed.maxTokens(), windowTokens);
        // A stored corpus may be older than the rule that its overlap is smaller than the window.
        yield new FixedChunker(counter, size, Math.min(fixed.overlapTokens(), size - 1));
      }
      case Chunking.Separator separator -> new SeparatorChunker(separator.separator());
    };
  }

  /** Chars before a chunk that may have a part in how it is cut and embedded. */
  static int lead(Chunking chunking) {
    return chunking instanceof Chunking.Fixed fixed ? maxChars(fixed.overlapTokens()) + 1 : 0;
  }

  /** The most chars of a text of so many tokens. */
  static int maxChars(int tokens) {
    return (int) Math.min(MAX_CHARS, (long) tokens * MAX_CHARS_PER_TOKEN);
  }

  /** A chunk's most bytes in UTF-8, whatever the corpus asks for. */
  public static int maxBytes() {
    return LargestChunk.BYTES;
  }

  private static int orWindow(int maxTokens, int windowTokens) {
    return maxTokens == 0 ? windowTokens : maxTokens;
  }
}
