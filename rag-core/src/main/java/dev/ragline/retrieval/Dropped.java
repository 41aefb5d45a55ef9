package dev.ragline.retrieval;

/** A candidate that did not become a passage. */
record Dropped(FusedCandidate candidate, DropReason reason) {}
