package dev.ragline.copying;

import dev.ragline.document.CorpusId;

/** Is told how far a copy is. */
@FunctionalInterface
public interface CopyProgress {
  /** Nobody listens. */
  CopyProgress UNHEARD = (corpus, done, documents) -> {};

  /**
   * A document is copied, or was there; called by one thread at a time.
   *
   * @param done documents so far
   * @param documents how many the original had when the copy began
   */
  void done(CorpusId corpus, long done, long documents);
}
