package dev.ragline.retrieval;

/** What is kept from one question to the next. Safe for many threads. */
record Known(NormalPassages passages, CosineScales scales) {
  Known() {
    this(new NormalPassages(), new CosineScales());
  }
}
