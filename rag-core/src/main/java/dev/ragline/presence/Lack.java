package dev.ragline.presence;

/**
 * What a question has and a text lacks, though the two are about the same.
 *
 * @param names how many names
 * @param numbers how many numbers
 * @param opposites how many words of which it has the opposite
 * @param negation whether one of them says "not" and the other does not
 */
public record Lack(int names, int numbers, int opposites, boolean negation) {
  /** Whether the text speaks of another number, or of the opposite. */
  public boolean contradicts() {
    return numbers > 0 || opposites > 0;
  }
}
