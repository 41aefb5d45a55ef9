package dev.ragline.store.milvus;

import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import org.jspecify.annotations.Nullable;

/**
 * A corpus as the registry has it, also where its settings cannot be read.
 *
 * @param row null with a fault
 * @param fault null with a row
 */
record FoundRow(
    CorpusId id,
    String identity,
    boolean deleted,
    Head.Stamp stamp,
    @Nullable CorpusRow row,
    @Nullable CorpusFault fault) {
  /**
   * Its settings.
   *
   * @throws RagException FAILED_PRECONDITION when they cannot be read
   */
  CorpusRow readable() {
    CorpusRow found = row;
    if (found == null) {
      throw (fault == null ? CorpusFault.damaged("its settings are missing") : fault).refusal(id);
    }
    return found;
  }
}
