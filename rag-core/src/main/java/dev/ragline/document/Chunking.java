package dev.ragline.document;

/** How a corpus's documents are cut; sizes in tokens of its embedding model. */
public sealed interface Chunking {
  /** What a corpus gets that asks for nothing else. */
  Chunking DEFAULT = new Structure(0);

  /** Along headings, blocks and sentences; {@code maxTokens} 0 takes the model's window. */
  record Structure(int maxTokens) implements Chunking {
    public Structure {
      requireSize("chunking.structure.max_tokens", maxTokens);
    }
  }

  /** Into equal pieces with an overlap; {@code maxTokens} 0 takes the model's window. */
  record Fixed(int maxTokens, int overlapTokens) implements Chunking {
    public Fixed {
      requireSize("chunking.fixed.max_tokens", maxTokens);
      if (overlapTokens < 0 || (maxTokens > 0 && overlapTokens >= maxTokens)) {
        throw RagException.invalid(
            "chunking.fixed.overlap_tokens", "the overlap must be smaller than the chunk");
      }
    }

    /** Refuses an overlap that leaves nothing of a chunk as large as the model's window. */
    public void requireWithin(int windowTokens) {
      if (maxTokens == 0 && overlapTokens >= windowTokens) {
        throw RagException.invalid(
            "chunking.fixed.overlap_tokens",
            "the overlap must be smaller than the chunk, which is the model's window of %d tokens"
                .formatted(windowTokens));
      }
    }
  }

  /** At every occurrence of a literal string, which belongs to no chunk. */
  record Separator(String separator) implements Chunking {
    public Separator {
      if (separator.isEmpty()) {
        throw RagException.invalid("chunking.separator.separator", "the separator is empty");
      }
    }
  }

  private static void requireSize(String field, int maxTokens) {
    if (maxTokens != 0 && (maxTokens < 16 || maxTokens > 8192)) {
      throw RagException.invalid(
          field, "a chunk has 16 to 8192 tokens, or 0 for the model's window");
    }
  }
}
