package dev.ragline.ingest;

/** Which chunks of a document keep their vectors and which texts need one. */
final class ChunkPlan {
  private final int chunks;
  private final int chunksBefore;

  /** New chunks with a text that the document has already. */
  private final int kept;

  /**
   * Plans for the document's new chunks.
   *
   * @param texts of its new chunks
   * @param known texts of those of its current chunks that can be read
   * @param chunksBefore how many current chunks there are
   */
  ChunkPlan(ChunkTexts texts, ChunkTexts known, int chunksBefore) {
    this.chunks = texts.chunks();
    this.chunksBefore = chunksBefore;
    boolean[] isKnown = new boolean[texts.texts()];
    for (int text = 0; text < isKnown.length; text++) {
      isKnown[text] = known.find(texts.digest(text)) >= 0;
    }
    int count = 0;
    for (int ordinal = 0; ordinal < chunks; ordinal++) {
      count += isKnown[texts.text(ordinal)] ? 1 : 0;
    }
    this.kept = count;
  }

  /** Whether every chunk is one that the document already has, and no other is gone. */
  boolean keepsAll() {
    return kept == chunks && chunks == chunksBefore;
  }

  /**
   * What carrying out the plan does.
   *
   * @param embedded texts that the model ran for
   */
  Receipt receipt(int embedded) {
    // A text that stands more often than before keeps its vector, but is more than there was.
    int unchanged = Math.min(kept, chunksBefore);
    int fresh = chunks - unchanged;
    int gone = chunksBefore - unchanged;
    int changed = Math.min(fresh, gone);
    return new Receipt(fresh - changed, changed, unchanged, gone - changed, embedded);
  }
}
