package dev.ragline.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * Why a passage was found; a score is null where it was not computed.
 *
 * @param dense closeness of the vectors by the corpus's metric
 * @param lexical BM25
 * @param evidence what the text itself says, in a hybrid search by {@link Fusion.Evidence}
 * @param fused what passages are ordered by
 */
public record Scores(
    @Nullable Double dense, @Nullable Double lexical, @Nullable Evidence evidence, double fused) {}
