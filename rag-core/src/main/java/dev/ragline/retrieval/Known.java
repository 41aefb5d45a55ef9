package dev.ragline.retrieval;

import dev.ragline.embedding.LanguageFits;
import dev.ragline.execution.ComputePool;

/** What one question shares with the next: the cores, and what is kept. Safe for many threads. */
record Known(ComputePool compute, NormalPassages passages, CosineScales scales, LanguageFits fits) {
  Known(ComputePool compute) {
    this(compute, new NormalPassages(), new CosineScales(), new LanguageFits());
  }
}
