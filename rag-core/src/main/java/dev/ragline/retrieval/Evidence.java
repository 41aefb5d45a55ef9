package dev.ragline.retrieval;

/**
 * What a passage's text itself says of how it fits the question.
 *
 * @param passage cosine of the question's vector and the passage's
 * @param sentence cosine of the question's vector and that of the passage's nearest sentence; the
 *     passage's own where its sentences have none
 * @param lexical BM25 relative to the best for this question, by the largest share of words that
 *     any passage has: the best of a search that met stop words only is worth nothing; 0 for a
 *     passage that the search by words did not bring
 * @param words share of the question's words in the passage's best sentence, 0…1
 * @param phrases share of the question's phrases in the passage, 0…1
 */
public record Evidence(
    double passage, double sentence, double lexical, double words, double phrases) {}
