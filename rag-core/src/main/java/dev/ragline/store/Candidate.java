package dev.ragline.store;

import dev.ragline.document.Chunk;

/** A chunk with the score of the one search that found it; higher is better. */
public record Candidate(Chunk chunk, double score) {}
