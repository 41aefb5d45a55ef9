package dev.ragline.store;

/** What a corpus holds. */
public record CorpusStats(long documents, long chunks) {}
