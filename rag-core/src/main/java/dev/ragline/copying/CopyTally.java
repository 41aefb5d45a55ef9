package dev.ragline.copying;

import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.store.CorpusStats;

/** Counts what is copied. */
final class CopyTally {
  private final CorpusId corpus;
  private final long documents;
  private final CopyProgress progress;
  private CorpusStats copied = new CorpusStats(0, 0);
  private CorpusStats skipped = new CorpusStats(0, 0);

  CopyTally(CorpusId corpus, long documents, CopyProgress progress) {
    this.corpus = corpus;
    this.documents = documents;
    this.progress = progress;
  }

  synchronized void copied(Document document) {
    copied = with(copied, document);
    tell();
  }

  synchronized void skipped(Document document) {
    skipped = with(skipped, document);
    tell();
  }

  private static CorpusStats with(CorpusStats stats, Document document) {
    return new CorpusStats(stats.documents() + 1, stats.chunks() + document.chunkCount());
  }

  private void tell() {
    progress.done(corpus, copied.documents() + skipped.documents(), documents);
  }

  /**
   * What was counted.
   *
   * @param there documents of the copy
   */
  synchronized CopyResult result(long there) {
    long others = Math.max(0, there - copied.documents() - skipped.documents());
    return new CopyResult(corpus, copied, skipped, others);
  }
}
