package dev.ragline.copying;

import dev.ragline.document.CorpusId;
import dev.ragline.store.CorpusStats;

/**
 * What became of a corpus.
 *
 * @param copied what was written
 * @param skipped what was there already, just as it is in the original
 * @param others documents of the copy that the original does not have
 */
public record CopyResult(CorpusId corpus, CorpusStats copied, CorpusStats skipped, long others) {}
