package dev.ragline.ingest;

import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.LeadIn;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.EmbeddedChunk;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;

/** A document's chunks as they are stored; each is made when it is asked for. */
final class DraftedChunks extends AbstractList<EmbeddedChunk> implements RandomAccess {
  private final Document document;
  private final Drafts drafts;
  private final Map<Sha256, ChunkVectors> vectors;

  /**
   * @param vectors of all texts, by their digests
   */
  DraftedChunks(Document document, Drafts drafts, Map<Sha256, ChunkVectors> vectors) {
    this.document = document;
    this.drafts = drafts;
    this.vectors = vectors;
  }

  @Override
  public EmbeddedChunk get(int ordinal) {
    ChunkDraft draft = drafts.chunks().get(ordinal);
    Sha256 digest = drafts.digests().get(ordinal);
    Chunk chunk =
        new Chunk(
            new ChunkId(document.id(), ordinal),
            document.revision(),
            draft.text(),
            draft.range(),
            draft.headingPath(),
            leadIns(draft),
            draft.reading());
    return new EmbeddedChunk(
        chunk, digest, Objects.requireNonNull(vectors.get(digest), "a chunk without a vector"));
  }

  private List<LeadIn> leadIns(ChunkDraft draft) {
    return draft.announcements().stream()
        .map(
            it ->
                new LeadIn(
                    it.kind(),
                    chunkAt(it.span().start()),
                    draft.source().bytes(it.span().start(), it.span().end()),
                    draft.shown(it)))
        .toList();
  }

  /** The ordinal of the last chunk that begins at or before a char; there is one. */
  private int chunkAt(int at) {
    int low = 0;
    int high = drafts.chunks().size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (drafts.chunks().get(middle).span().start() <= at) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public int size() {
    return drafts.chunks().size();
  }
}
