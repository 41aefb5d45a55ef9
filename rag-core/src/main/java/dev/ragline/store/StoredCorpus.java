package dev.ragline.store;

import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import org.jspecify.annotations.Nullable;

/** A corpus as its store lists it. */
public sealed interface StoredCorpus {
  /** Its id. */
  CorpusId id();

  /** A corpus that can be read and written, with what it holds. */
  record Active(Corpus corpus, CorpusStats stats) implements StoredCorpus {
    @Override
    public CorpusId id() {
      return corpus.id();
    }
  }

  /**
   * A corpus that can only be deleted.
   *
   * @param settings null where they cannot be read either
   */
  record Broken(CorpusId id, @Nullable Corpus settings, CorpusFault fault)
      implements StoredCorpus {}

  /**
   * The corpus, if it can be read and written.
   *
   * @throws dev.ragline.document.RagException FAILED_PRECONDITION if it cannot
   */
  default Active requireActive() {
    return switch (this) {
      case Active active -> active;
      case Broken broken -> throw broken.fault().refusal(broken.id());
    };
  }
}
