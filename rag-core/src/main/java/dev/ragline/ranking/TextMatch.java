package dev.ragline.ranking;

/**
 * How much of a question stands in a passage, letter by letter; both 0…1.
 *
 * @param words of the question's words, the share that the passage's best sentence has, whatever
 *     their endings
 * @param phrases of the question's words in their order, the share that the passage has
 */
public record TextMatch(double words, double phrases) {}
