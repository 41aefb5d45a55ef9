package dev.ragline.ingest;

import dev.ragline.call.Call;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The vectors of the document that is there, read some at a time. Those of a document that somebody
 * replaced meanwhile are not found any more.
 */
final class StoredVectors implements VectorSource {
  private final ChunkStore store;
  private final Standing standing;
  private final Call call;

  StoredVectors(ChunkStore store, Standing standing, Call call) {
    this.store = store;
    this.standing = standing;
    this.call = call;
  }

  @Override
  public Map<Sha256, ChunkVectors> find(Collection<Sha256> texts) {
    List<Sha256> known = texts.stream().filter(text -> standing.known().find(text) >= 0).toList();
    if (known.isEmpty() || standing.current().isEmpty()) {
      return Map.of();
    }
    Document document = standing.current().get();
    try (CorpusSnapshot snapshot =
        store.snapshot(standing.corpus().id(), Freshness.DEFAULT, call)) {
      boolean same =
          snapshot.document(document.id()).filter(now -> isSame(document, now)).isPresent();
      return same ? find(snapshot, document, known) : Map.of();
    } catch (RagException e) {
      if (e.code() != ErrorCode.ABORTED) {
        throw e;
      }
      return Map.of();
    }
  }

  private static boolean isSame(Document document, Document now) {
    return now.etag().equals(document.etag()) && now.revision().equals(document.revision());
  }

  private Map<Sha256, ChunkVectors> find(
      CorpusSnapshot snapshot, Document document, List<Sha256> known) {
    List<ChunkVectors> vectors =
        snapshot.vectors(
            known.stream().map(text -> new ChunkId(document.id(), ordinal(text))).toList());
    Map<Sha256, ChunkVectors> found = new HashMap<>();
    for (int i = 0; i < known.size(); i++) {
      found.put(known.get(i), vectors.get(i));
    }
    return found;
  }

  private int ordinal(Sha256 known) {
    return standing.known().firstChunk(standing.known().find(known));
  }
}
