package dev.ragline.store.lucene;

import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.KeptSettings;
import dev.ragline.store.StoredCorpus;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A corpus of the embedded store: its settings, which change under a lock only, and its index. */
final class LuceneCorpus {
  private final CorpusId id;
  private final CorpusIndex index;
  private final @Nullable CorpusFault fault;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile @Nullable KeptSettings settings;

  LuceneCorpus(FoundCorpus found, CorpusIndex index) {
    this.id = found.id();
    this.settings = found.settings();
    this.fault = found.fault();
    this.index = index;
  }

  CorpusIndex index() {
    return index;
  }

  /** Held by whoever changes or deletes it. */
  ReentrantLock changing() {
    return changing;
  }

  /** The settings, where they can be read. */
  Optional<Corpus> settings() {
    return Optional.ofNullable(settings).map(KeptSettings::corpus);
  }

  /**
   * The settings of a corpus to read or write.
   *
   * @throws RagException FAILED_PRECONDITION when it is broken
   */
  KeptSettings usable() {
    KeptSettings now = settings;
    CorpusFault found = knownFault();
    if (now == null || found != null) {
      throw (found == null ? CorpusFault.damaged("its settings are missing") : found).refusal(id);
    }
    return now;
  }

  void changed(KeptSettings next) {
    settings = next;
  }

  private @Nullable CorpusFault knownFault() {
    return fault == null ? index.fault() : fault;
  }

  /**
   * How it is listed; on a thread of the store's.
   *
   * @throws RagException NOT_FOUND when it is deleted meanwhile
   */
  StoredCorpus describe() throws IOException {
    try {
      return new StoredCorpus.Active(usable().corpus(), index.stats());
    } catch (RagException e) {
      CorpusFault found = knownFault();
      if (found == null) {
        throw e;
      }
      return new StoredCorpus.Broken(id, settings().orElse(null), found);
    }
  }
}
