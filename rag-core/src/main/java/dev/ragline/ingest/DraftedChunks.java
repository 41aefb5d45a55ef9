package dev.ragline.ingest;

import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.store.EmbeddedChunk;
import java.util.AbstractList;
import java.util.RandomAccess;

/** A document's chunks as they are stored; each is made when it is asked for. */
final class DraftedChunks extends AbstractList<EmbeddedChunk> implements RandomAccess {
  private final Document document;
  private final Drafts drafts;
  private final VectorTable vectors;

  /**
   * @param vectors of all texts
   */
  DraftedChunks(Document document, Drafts drafts, VectorTable vectors) {
    this.document = document;
    this.drafts = drafts;
    this.vectors = vectors;
  }

  @Override
  public EmbeddedChunk get(int ordinal) {
    Draft draft = drafts.chunks().get(ordinal);
    int text = drafts.texts().text(ordinal);
    Chunk chunk =
        new Chunk(
            new ChunkId(document.id(), ordinal),
            document.revision(),
            draft.text(),
            draft.range(),
            draft.headingPath());
    return new EmbeddedChunk(chunk, drafts.texts().digest(text), vectors.get(text));
  }

  @Override
  public int size() {
    return drafts.chunks().size();
  }
}
