package dev.ragline.ingest;

import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which chunks of a document keep their vectors and which texts need one. */
final class ChunkPlan {
  private final List<Sha256> digests;
  private final Map<Sha256, ChunkVectors> known;
  private final Map<Sha256, String> toEmbed;
  private final int chunksBefore;

  private ChunkPlan(
      List<Sha256> digests,
      Map<Sha256, ChunkVectors> known,
      Map<Sha256, String> toEmbed,
      int chunksBefore) {
    this.digests = digests;
    this.known = known;
    this.toEmbed = toEmbed;
    this.chunksBefore = chunksBefore;
  }

  /**
   * Plans for the document's new chunks.
   *
   * @param known vectors of its current chunks, by digest of the embedded text
   * @param chunksBefore how many current chunks there are
   */
  static ChunkPlan of(List<ChunkDraft> drafts, Map<Sha256, ChunkVectors> known, int chunksBefore) {
    List<Sha256> digests = new ArrayList<>(drafts.size());
    Map<Sha256, String> toEmbed = new LinkedHashMap<>();
    for (ChunkDraft draft : drafts) {
      Sha256 digest = Sha256.of(draft.embeddedText());
      digests.add(digest);
      if (!known.containsKey(digest)) {
        toEmbed.putIfAbsent(digest, draft.embeddedText());
      }
    }
    return new ChunkPlan(digests, known, toEmbed, chunksBefore);
  }

  /** Each text once, however many chunks have it. */
  List<String> textsToEmbed() {
    return List.copyOf(toEmbed.values());
  }

  /** Whether every chunk is one that the document already has, and no other is gone. */
  boolean keepsAll() {
    return toEmbed.isEmpty() && digests.size() == chunksBefore;
  }

  /** The vectors of all chunks in order, given those of {@link #textsToEmbed}. */
  List<ChunkVectors> vectors(List<ChunkVectors> embedded) {
    Map<Sha256, ChunkVectors> fresh = new LinkedHashMap<>();
    int next = 0;
    for (Sha256 digest : toEmbed.keySet()) {
      fresh.put(digest, embedded.get(next++));
    }
    return digests.stream().map(digest -> vector(digest, fresh)).toList();
  }

  private ChunkVectors vector(Sha256 digest, Map<Sha256, ChunkVectors> fresh) {
    @Nullable ChunkVectors vector = known.get(digest);
    if (vector == null) {
      vector = fresh.get(digest);
    }
    if (vector == null) {
      throw new IllegalStateException("a chunk without a vector");
    }
    return vector;
  }

  /** What carrying out the plan does. */
  Receipt receipt() {
    int kept = (int) digests.stream().filter(known::containsKey).count();
    // A text that stands more often than before keeps its vector, but is more than there was.
    int unchanged = Math.min(kept, chunksBefore);
    int fresh = digests.size() - unchanged;
    int gone = chunksBefore - unchanged;
    int changed = Math.min(fresh, gone);
    return new Receipt(fresh - changed, changed, unchanged, gone - changed, toEmbed.size());
  }
}
