package dev.ragline.ingest;

import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.EmbeddedChunk;
import java.util.AbstractList;
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
            draft.headingPath());
    return new EmbeddedChunk(
        chunk, digest, Objects.requireNonNull(vectors.get(digest), "a chunk without a vector"));
  }

  @Override
  public int size() {
    return drafts.chunks().size();
  }
}
