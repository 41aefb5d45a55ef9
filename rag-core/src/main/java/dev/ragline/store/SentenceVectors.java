package dev.ragline.store;

import java.util.List;

/**
 * The directions of a chunk's sentences, one byte a component: enough to rank by, at a quarter of
 * the size. Immutable; the arrays that go in and out are not copied.
 */
public final class SentenceVectors {
  /** Of a chunk whose sentences have none. */
  public static final SentenceVectors NONE = new SentenceVectors(0, new byte[0]);

  /** So many sentences of a chunk have one, the first; a chunk has rarely more. */
  public static final int MOST = 32;

  private static final int SCALE = 127;

  /** So many numbers of rules can be told apart. */
  private static final int MOST_RULES = 16;

  private final int dimension;
  private final byte[] components;

  private SentenceVectors(int dimension, byte[] components) {
    this.dimension = dimension;
    this.components = components;
  }

  /** Rounds vectors of sentences that were cut by the rules of number 0. */
  public static SentenceVectors of(List<float[]> vectors) {
    return of(vectors, 0);
  }

  /**
   * Rounds vectors of one dimension and any length but zero.
   *
   * @param rules the number, 0…15, of the rules by which the text was cut into sentences
   */
  public static SentenceVectors of(List<float[]> vectors, int rules) {
    if (rules < 0 || rules >= MOST_RULES) {
      throw new IllegalArgumentException("rules have no number " + rules);
    }
    if (vectors.isEmpty()) {
      return NONE;
    }
    // The largest component of a vector tells the rules: cosines are the same whatever the scale,
    // also to servers that know of no rules.
    int scale = SCALE - rules;
    int dimension = vectors.getFirst().length;
    int count = Math.min(vectors.size(), MOST);
    byte[] components = new byte[count * dimension];
    for (int i = 0; i < count; i++) {
      float[] vector = vectors.get(i);
      float largest = 0;
      for (float component : vector) {
        largest = Math.max(largest, Math.abs(component));
      }
      for (int d = 0; d < dimension; d++) {
        components[i * dimension + d] = (byte) Math.round(vector[d] / largest * scale);
      }
    }
    return new SentenceVectors(dimension, components);
  }

  /** Reads {@link #bytes} back. */
  public static SentenceVectors ofBytes(byte[] bytes, int dimension) {
    if (bytes.length % dimension != 0) {
      throw new IllegalArgumentException(bytes.length + " bytes of dimension " + dimension);
    }
    return bytes.length == 0 ? NONE : new SentenceVectors(dimension, bytes);
  }

  /** All components, sentence by sentence. */
  public byte[] bytes() {
    return components;
  }

  /** The number of the rules by which the text was cut into sentences. */
  public int rules() {
    int largest = 0;
    for (int d = 0; d < dimension; d++) {
      largest = Math.max(largest, Math.abs(components[d]));
    }
    return largest == 0 ? 0 : SCALE - largest;
  }

  /** How many sentences there are. */
  public int count() {
    return dimension == 0 ? 0 : components.length / dimension;
  }

  /**
   * The cosine of a vector and the sentence that is nearest to it; at least one sentence.
   *
   * @param vector of any length but zero
   */
  public double nearest(float[] vector) {
    double best = -1;
    for (int i = 0; i < count(); i++) {
      best = Math.max(best, cosine(i, vector));
    }
    return best;
  }

  /**
   * The cosine of a vector and a sentence.
   *
   * @param sentence counted from 0
   * @param vector of any length but zero
   */
  public double cosine(int sentence, float[] vector) {
    double product = 0;
    double length = 0;
    long squares = 0;
    for (int d = 0, at = sentence * dimension; d < dimension; d++, at++) {
      product += (double) vector[d] * components[at];
      length += (double) vector[d] * vector[d];
      squares += (long) components[at] * components[at];
    }
    return product / Math.sqrt(length * squares);
  }
}
