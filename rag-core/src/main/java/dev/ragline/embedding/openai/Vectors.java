package dev.ragline.embedding.openai;

/** Arithmetic on vectors, in place. */
final class Vectors {
  private Vectors() {}

  /** Brings a vector to length 1; false where it has no direction or a component is not finite. */
  static boolean normalise(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    double length = Math.sqrt(squares);
    if (length == 0 || !Double.isFinite(length)) {
      return false;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return true;
  }

  /** Adds {@code weight} times {@code vector} to {@code sum}. */
  static void add(float[] sum, float[] vector, float weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * vector[i];
    }
  }
}
