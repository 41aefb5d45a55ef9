package dev.ragline.bench;

import dev.ragline.document.ChunkId;
import dev.ragline.document.Metadata;
import dev.ragline.store.DocumentRevision;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Documents with vectors that lie as embeddings do, in clusters: each is a centre with some noise,
 * of length 1. The same for the same seed.
 */
final class VectorSet {
  private static final int CENTRES = 500;
  private static final double NOISE = 0.7;

  private final int chunksPerDocument;
  private final float[][] vectors;
  private final float[][] questions;

  VectorSet(long seed, int chunks, int chunksPerDocument, int dimension, int questions) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] centres = new float[CENTRES][];
    for (int i = 0; i < CENTRES; i++) {
      centres[i] = normal(random, new float[dimension], 1);
    }
    this.chunksPerDocument = chunksPerDocument;
    this.vectors = near(random, centres, chunks);
    this.questions = near(random, centres, questions);
  }

  private static float[][] near(SplittableRandom random, float[][] centres, int count) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] centre = centres[random.nextInt(centres.length)];
      vectors[i] = normal(random, centre, NOISE);
    }
    return vectors;
  }

  private static float[] normal(SplittableRandom random, float[] around, double noise) {
    float[] vector = new float[around.length];
    double squares = 0;
    double scale = noise / Math.sqrt(around.length);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (around[i] + random.nextGaussian() * scale);
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  int chunks() {
    return vectors.length;
  }

  int documents() {
    return (vectors.length + chunksPerDocument - 1) / chunksPerDocument;
  }

  float[][] questions() {
    return questions;
  }

  /** The n-th document. */
  DocumentRevision document(int n) {
    int from = n * chunksPerDocument;
    int to = Math.min(vectors.length, from + chunksPerDocument);
    return SyntheticDocuments.document(n, from, to, i -> vectors[(int) i], Metadata.EMPTY);
  }

  /** The chunks nearest to a question, compared with each. */
  List<ChunkId> nearest(float[] question, int count) {
    double[] products = new double[vectors.length];
    for (int i = 0; i < vectors.length; i++) {
      double sum = 0;
      for (int k = 0; k < question.length; k++) {
        sum += (double) question[k] * vectors[i][k];
      }
      products[i] = sum;
    }
    return IntStream.range(0, vectors.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -products[i]))
        .limit(count)
        .map(i -> new ChunkId(SyntheticDocuments.id(i / chunksPerDocument), i % chunksPerDocument))
        .toList();
  }
}
