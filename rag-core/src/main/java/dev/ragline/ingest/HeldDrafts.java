package dev.ragline.ingest;

import dev.ragline.chunking.ChunkDraft;
import java.util.List;

/** Chunks of a document whose text is in memory. */
record HeldDrafts(List<ChunkDraft> chunks) implements DraftList {
  @Override
  public int size() {
    return chunks.size();
  }

  @Override
  public Draft get(int ordinal) {
    return new Draft.Held(chunks.get(ordinal));
  }
}
