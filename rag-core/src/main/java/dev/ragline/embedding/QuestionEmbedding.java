package dev.ragline.embedding;

/**
 * A question's vector, and what it is worth.
 *
 * @param vector of length 1
 * @param coverage 0…1, how much of the question the model's vocabulary has words for: 0 where it
 *     sees single letters or nothing at all, as an English model does of Russian
 */
public record QuestionEmbedding(float[] vector, double coverage) {}
