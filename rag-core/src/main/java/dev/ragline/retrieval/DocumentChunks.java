package dev.ragline.retrieval;

import dev.ragline.document.Chunk;
import dev.ragline.document.Document;
import dev.ragline.store.CorpusSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document's chunks, read a few at a time as they are wanted; for one thread. */
final class DocumentChunks {
  private static final int PAGE = 8;

  private final CorpusSnapshot snapshot;
  private final Document document;
  private final Map<Integer, List<Chunk>> pages = new HashMap<>();

  DocumentChunks(CorpusSnapshot snapshot, Document document) {
    this.snapshot = snapshot;
    this.document = document;
  }

  /** The chunk with this ordinal; null before the first and after the last. */
  @Nullable Chunk at(int ordinal) {
    if (ordinal < 0 || ordinal >= document.chunkCount()) {
      return null;
    }
    return pages
        .computeIfAbsent(ordinal / PAGE, page -> snapshot.chunks(document.id(), page * PAGE, PAGE))
        .get(ordinal % PAGE);
  }
}
