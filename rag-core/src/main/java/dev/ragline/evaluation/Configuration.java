package dev.ragline.evaluation;

import dev.ragline.retrieval.RetrievalSpec;

/**
 * A way of retrieving, under a name.
 *
 * @param retrieval how the ranking is made that is measured
 * @param answering the same with as many passages as an answer is written from
 */
public record Configuration(String label, RetrievalSpec retrieval, RetrievalSpec answering) {}
