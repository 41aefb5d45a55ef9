package dev.ragline.document;

import java.math.BigInteger;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells embedding models apart. Where the weights can be read, it is their digest. Where only
 * vectors can be had, it is the digest of what is known of the model and a sketch of the vector of
 * one text: the same model behind another address, or with other rounding, has the same sketch but
 * for a few bits, another model has half of them different. The sketch is by random hyperplanes
 * (Charikar, "Similarity estimation techniques from rounding algorithms", 2002).
 */
public final class ModelFingerprint {
  private static final int SKETCH_BITS = 128;

  /** About 16 degrees between two vectors; quantised weights were seen to be within 10. */
  private static final int MOST_DIFFERENT = 12;

  /** Never to be changed: sketches are stored with corpora. */
  private static final long SEED = 0x5ca1ab1eL;

  private static final Pattern SKETCHED = Pattern.compile("([0-9a-f]{64})-([0-9a-f]{32})");

  private ModelFingerprint() {}

  /**
   * The fingerprint of a model of which only vectors can be had.
   *
   * @param identity what is known of it
   * @param probe its vector of a text that is always the same
   */
  public static String of(String identity, float[] probe) {
    return Sha256.of(identity).hex() + "-" + "%032x".formatted(sketch(probe));
  }

  /** A bit for each hyperplane: on which side of it the vector lies. */
  private static BigInteger sketch(float[] vector) {
    Random signs = new Random(SEED);
    BigInteger sketch = BigInteger.ZERO;
    for (int bit = 0; bit < SKETCH_BITS; bit++) {
      double side = 0;
      for (float component : vector) {
        side += signs.nextBoolean() ? component : -component;
      }
      sketch = side > 0 ? sketch.setBit(bit) : sketch;
    }
    return sketch;
  }

  /** Whether two fingerprints are of one model. */
  static boolean match(String one, String other) {
    Matcher a = SKETCHED.matcher(one);
    Matcher b = SKETCHED.matcher(other);
    if (!a.matches() || !b.matches()) {
      return one.equals(other);
    }
    BigInteger different = new BigInteger(a.group(2), 16).xor(new BigInteger(b.group(2), 16));
    return a.group(1).equals(b.group(1)) && different.bitCount() <= MOST_DIFFERENT;
  }
}
