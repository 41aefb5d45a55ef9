package dev.ragline.corpus;

import dev.ragline.document.Corpus;
import dev.ragline.store.CorpusStats;

/** A corpus with what it holds. */
public record DescribedCorpus(Corpus corpus, CorpusStats stats) {}
