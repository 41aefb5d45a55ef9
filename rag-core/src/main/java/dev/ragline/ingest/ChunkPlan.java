package dev.ragline.ingest;

import dev.ragline.document.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which chunks of a document keep their vectors and which texts need one. */
final class ChunkPlan {
  private final List<Sha256> digests;
  private final Set<Sha256> known;
  private final Map<Sha256, Integer> texts = new LinkedHashMap<>();
  private final int chunksBefore;
  private final boolean allKnown;

  /**
   * Plans for the document's new chunks.
   *
   * @param digests of the embedded texts of its new chunks, by ordinal
   * @param known digests of those of its current chunks
   * @param chunksBefore how many current chunks there are
   */
  ChunkPlan(List<Sha256> digests, Set<Sha256> known, int chunksBefore) {
    this.digests = digests;
    this.known = known;
    this.chunksBefore = chunksBefore;
    for (int i = 0; i < digests.size(); i++) {
      texts.putIfAbsent(digests.get(i), i);
    }
    this.allKnown = known.containsAll(texts.keySet());
  }

  /** Each text once, with the ordinal of the first chunk that has it, in their order. */
  Map<Sha256, Integer> texts() {
    return texts;
  }

  /** Whether every chunk is one that the document already has, and no other is gone. */
  boolean keepsAll() {
    return allKnown && digests.size() == chunksBefore;
  }

  /**
   * What carrying out the plan does.
   *
   * @param embedded texts that the model ran for
   */
  Receipt receipt(int embedded) {
    int kept = (int) digests.stream().filter(known::contains).count();
    // A text that stands more often than before keeps its vector, but is more than there was.
    int unchanged = Math.min(kept, chunksBefore);
    int fresh = digests.size() - unchanged;
    int gone = chunksBefore - unchanged;
    int changed = Math.min(fresh, gone);
    return new Receipt(fresh - changed, changed, unchanged, gone - changed, embedded);
  }
}
