package dev.ragline.bench;

import java.util.SplittableRandom;

/**
 * Vectors that lie as a model's embeddings of texts do, and not as noise does: in a cone, in fields
 * of topics of very different sizes, and within a topic along few directions. Each is the unit
 * vector of a sum of independent parts:
 *
 * <ul>
 *   <li>what all texts have in common,
 *   <li>the direction of its field, one of {@value #FIELDS},
 *   <li>the direction of its topic, one of {@value #TOPICS}; the n-th of them has chunks in
 *       proportion to 1 / (n + {@value #TOPICS} / 20),
 *   <li>a place within the topic, normally distributed along {@value #RANK} directions of the topic
 *       that matter less and less,
 *   <li>a little noise in all directions.
 * </ul>
 *
 * A document's chunks are mostly of one topic. A question lies near a chunk. Every vector is a pure
 * function of the seed and its number, so that millions need no memory. Safe for many threads.
 */
final class SyntheticEmbeddings {
  static final int FIELDS = 16;
  static final int TOPICS = 2000;
  static final int RANK = 64;

  // Shares of the squared length, fitted to embeddings of real sentences, see docs/benchmarks.md.
  private static final double COMMON = 0.03;
  private static final double FIELD = 0.24;
  private static final double TOPIC = 0.13;
  private static final double PLACE = 0.51;
  private static final double NOISE = 0.09;

  /** The part of a document's chunks that are of its own topic. */
  private static final double FAITHFUL = 0.6;

  /** How much of a question is its chunk's place; the rest is a place of its own. */
  private static final double NEAR = 0.5;

  private static final long QUESTIONS = 1L << 40;
  private static final long DOCUMENTS = 1L << 41;

  private final long seed;
  private final int dimension;
  private final int perDocument;

  /** By topic: all that its chunks have in common. */
  private final float[][] centres = new float[TOPICS][];

  /** By topic: its directions, one after the other, as long as they matter. */
  private final float[][] directions = new float[TOPICS][];

  /** By topic: the chance that a chunk is of it, or of one before. */
  private final double[] upTo = new double[TOPICS];

  SyntheticEmbeddings(long seed, int dimension, int perDocument) {
    this.seed = seed;
    this.dimension = dimension;
    this.perDocument = perDocument;
    SplittableRandom random = new SplittableRandom(seed);
    float[] common = direction(random, COMMON);
    float[][] fields = new float[FIELDS][];
    for (int i = 0; i < FIELDS; i++) {
      fields[i] = direction(random, FIELD);
    }
    double[] shares = new double[RANK];
    double all = 0;
    for (int r = 0; r < RANK; r++) {
      shares[r] = 1 / (1 + r / 6.0);
      all += shares[r];
    }
    double chance = 0;
    for (int t = 0; t < TOPICS; t++) {
      float[] centre = direction(random, TOPIC);
      float[] field = fields[random.nextInt(FIELDS)];
      for (int d = 0; d < dimension; d++) {
        centre[d] += common[d] + field[d];
      }
      centres[t] = centre;
      directions[t] = new float[RANK * dimension];
      for (int r = 0; r < RANK; r++) {
        float[] along = direction(random, PLACE * shares[r] / all);
        System.arraycopy(along, 0, directions[t], r * dimension, dimension);
      }
      chance += 1 / (t + TOPICS / 20.0);
      upTo[t] = chance;
    }
    for (int t = 0; t < TOPICS; t++) {
      upTo[t] /= chance;
    }
  }

  /** A random direction with that squared length, nearly. */
  private float[] direction(SplittableRandom random, double share) {
    double scale = Math.sqrt(share / dimension);
    float[] vector = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      vector[d] = (float) (random.nextGaussian() * scale);
    }
    return vector;
  }

  private SplittableRandom random(long number) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ number);
  }

  /** The vector of a chunk, by its number over all documents. */
  float[] chunk(long number) {
    SplittableRandom random = random(number);
    int topic = topic(number, random);
    return vector(topic, place(random), random);
  }

  /** The vector of a question that lies near a chunk. */
  float[] question(int number, long chunk) {
    SplittableRandom near = random(chunk);
    int topic = topic(chunk, near);
    double[] place = place(near);
    SplittableRandom own = random(QUESTIONS + number);
    double[] away = place(own);
    for (int r = 0; r < RANK; r++) {
      place[r] = NEAR * place[r] + Math.sqrt(1 - NEAR * NEAR) * away[r];
    }
    return vector(topic, place, own);
  }

  private int topic(long chunk, SplittableRandom random) {
    boolean faithful = random.nextDouble() < FAITHFUL;
    SplittableRandom choosing = faithful ? random(DOCUMENTS + chunk / perDocument) : random;
    double chance = choosing.nextDouble();
    int low = 0;
    int high = TOPICS - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (upTo[middle] < chance) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] place(SplittableRandom random) {
    double[] place = new double[RANK];
    for (int r = 0; r < RANK; r++) {
      place[r] = random.nextGaussian();
    }
    return place;
  }

  private float[] vector(int topic, double[] place, SplittableRandom random) {
    float[] vector = centres[topic].clone();
    float[] along = directions[topic];
    for (int r = 0; r < RANK; r++) {
      float by = (float) place[r];
      for (int d = 0, at = r * dimension; d < dimension; d++, at++) {
        vector[d] += by * along[at];
      }
    }
    double scale = Math.sqrt(NOISE / dimension);
    double squares = 0;
    for (int d = 0; d < dimension; d++) {
      vector[d] += (float) (random.nextGaussian() * scale);
      squares += (double) vector[d] * vector[d];
    }
    float length = (float) Math.sqrt(squares);
    for (int d = 0; d < dimension; d++) {
      vector[d] /= length;
    }
    return vector;
  }
}
