package dev.ragline.embedding.onnx;

/** How a transformer's outputs, one a token, become the text's one vector. */
public enum Pooling {
  /** The mean over all tokens, special tokens included. */
  MEAN {
    @Override
    float[] pool(float[][] tokens) {
      int dimension = tokens[0].length;
      double[] sum = new double[dimension];
      for (float[] token : tokens) {
        for (int d = 0; d < dimension; d++) {
          sum[d] += token[d];
        }
      }
      float[] mean = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        mean[d] = (float) (sum[d] / tokens.length);
      }
      return mean;
    }
  },
  /** The output of the first token. */
  CLS {
    @Override
    float[] pool(float[][] tokens) {
      return tokens[0].clone();
    }
  };

  /** One vector from the outputs, shaped [tokens][dimension]; at least one token. */
  abstract float[] pool(float[][] tokens);
}
