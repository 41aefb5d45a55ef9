package dev.ragline.embedding;

/**
 * A question's vector, and what it is worth.
 *
 * @param vector of length 1
 * @param coverage 0…1, how much of the question the model knows: at first by what its vocabulary
 *     has words for, 0 where it sees single letters or nothing at all; where its {@link
 *     LanguageFit} was measured, by that
 * @param legible 0…1, the share of the question's letters that the model's vocabulary has signs
 *     for: all that it has none for looks the same to it
 * @param stretch what the model's cosines are to be multiplied by, so that a right passage stands
 *     out by as much as with any other model; see {@link LanguageFit#stretch}
 */
public record QuestionEmbedding(float[] vector, double coverage, double legible, double stretch) {
  /** As the model itself can tell, from its vocabulary. */
  public QuestionEmbedding(float[] vector, double coverage, double legible) {
    this(vector, coverage, legible, 1);
  }

  /** The same, measured. */
  public QuestionEmbedding measured(double known, double newStretch) {
    return new QuestionEmbedding(vector, known * legible, legible, newStretch);
  }

  /** The same of another vector. */
  public QuestionEmbedding with(float[] other) {
    return new QuestionEmbedding(other, coverage, legible, stretch);
  }
}
