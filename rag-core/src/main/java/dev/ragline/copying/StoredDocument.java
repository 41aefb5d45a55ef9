package dev.ragline.copying;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Content;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.EmbeddedChunk;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * A document as it stands in a store, read a little at a time, each time of a snapshot of its own:
 * so a large one takes little memory, and however long it is read, no snapshot has to last. Reading
 * throws ABORTED when the document is no longer the one that it was.
 */
final class StoredDocument {
  private static final int CHUNKS_AT_ONCE = 128;

  private final ChunkStore store;
  private final CorpusId corpus;
  private final Document document;

  StoredDocument(ChunkStore store, CorpusId corpus, Document document) {
    this.store = store;
    this.corpus = corpus;
    this.document = document;
  }

  private <T> T read(Function<CorpusSnapshot, T> reading) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus)) {
      if (snapshot.document(document.id()).filter(document::equals).isEmpty()) {
        throw new RagException(
            ErrorCode.ABORTED,
            "DOCUMENT_CHANGED",
            "document %s of corpus %s changed while it was copied"
                .formatted(document.id(), corpus));
      }
      return reading.apply(snapshot);
    }
  }

  Content content() {
    return new StoredContent();
  }

  List<EmbeddedChunk> chunks() {
    return new StoredChunks();
  }

  private final class StoredContent implements Content {
    @Override
    public long size() {
      return document.size();
    }

    @Override
    public long held() {
      return 0;
    }

    @Override
    public byte[] bytes(long offset, int length) {
      byte[] bytes = new byte[length];
      ByteRange range = new ByteRange(offset, offset + length);
      return read(
          snapshot -> {
            snapshot.content(
                document.id(),
                range,
                (at, data) -> System.arraycopy(data, 0, bytes, (int) (at - offset), data.length));
            return bytes;
          });
    }
  }

  /** Goes through them in order; read by one thread at a time. */
  private final class StoredChunks extends AbstractList<EmbeddedChunk> implements RandomAccess {
    private List<EmbeddedChunk> page = List.of();
    private int first;

    @Override
    public EmbeddedChunk get(int ordinal) {
      if (ordinal < first || ordinal >= first + page.size()) {
        page = read(snapshot -> snapshot.embeddedChunks(document.id(), ordinal, CHUNKS_AT_ONCE));
        first = ordinal;
      }
      return page.get(ordinal - first);
    }

    @Override
    public int size() {
      return document.chunkCount();
    }
  }
}
