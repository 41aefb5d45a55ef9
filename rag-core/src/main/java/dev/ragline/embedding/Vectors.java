package dev.ragline.embedding;

/**
 * Arithmetic on vectors; sums in double, so that the order of magnitude of a component is no
 * matter.
 */
public final class Vectors {
  private Vectors() {}

  /** The inner product of two vectors of one dimension. */
  public static double dot(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " and " + b.length + " components");
    }
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  /** The cosine of the angle between two vectors of one dimension; 0 where one has no direction. */
  public static double cosine(float[] a, float[] b) {
    double lengths = Math.sqrt(dot(a, a) * dot(b, b));
    return lengths > 0 ? dot(a, b) / lengths : 0;
  }

  /** Whether a vector points anywhere: it is finite and not zero. */
  public static boolean hasDirection(float[] vector) {
    double squares = dot(vector, vector);
    return squares > 0 && Double.isFinite(squares);
  }

  /** The vector in the same direction with length 1; the zero vector stays as it is. */
  public static float[] normalize(float[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    float[] unit = vector.clone();
    if (length > 0) {
      for (int d = 0; d < unit.length; d++) {
        unit[d] = (float) (unit[d] / length);
      }
    }
    return unit;
  }

  /** The mean of vectors, each counted {@code weights[i]} times. */
  public static float[] weightedMean(float[][] vectors, int[] weights) {
    int dimension = vectors[0].length;
    double[] sum = new double[dimension];
    double total = 0;
    for (int i = 0; i < vectors.length; i++) {
      total += weights[i];
      for (int d = 0; d < dimension; d++) {
        sum[d] += (double) vectors[i][d] * weights[i];
      }
    }
    float[] mean = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      mean[d] = (float) (sum[d] / total);
    }
    return mean;
  }
}
