package dev.ragline.retrieval;

import dev.ragline.document.Chunk;

/** A chunk with the scores that put it where it is. */
record FusedCandidate(Chunk chunk, Scores scores) {}
