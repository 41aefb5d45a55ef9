package dev.ragline.embedding.onnx;

import dev.ragline.onnx.Graph;
import java.util.Arrays;

/** How a transformer's outputs, one a token, become the text's one vector. */
public enum Pooling {
  /** The mean over all tokens, special tokens included. */
  MEAN {
    @Override
    float[] pool(Graph.Output output) {
      int dimension = output.columns();
      int tokens = output.rows();
      double[] sum = new double[dimension];
      for (int at = 0; at < output.values().length; at += dimension) {
        for (int d = 0; d < dimension; d++) {
          sum[d] += output.values()[at + d];
        }
      }
      float[] mean = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        mean[d] = (float) (sum[d] / tokens);
      }
      return mean;
    }
  },
  /** The output of the first token. */
  CLS {
    @Override
    float[] pool(Graph.Output output) {
      return Arrays.copyOf(output.values(), output.columns());
    }
  },
  /** The output of the last token. */
  LAST {
    @Override
    float[] pool(Graph.Output output) {
      int end = output.values().length;
      return Arrays.copyOfRange(output.values(), end - output.columns(), end);
    }
  },
  /** The largest output of any token, component by component. */
  MAX {
    @Override
    float[] pool(Graph.Output output) {
      int dimension = output.columns();
      float[] max = Arrays.copyOf(output.values(), dimension);
      for (int at = dimension; at < output.values().length; at++) {
        max[at % dimension] = Math.max(max[at % dimension], output.values()[at]);
      }
      return max;
    }
  },
  /** None here: the graph gives one vector a text. */
  IN_GRAPH {
    @Override
    float[] pool(Graph.Output output) {
      return output.values();
    }
  };

  /** One vector from the outputs for the tokens of a window; at least one token. */
  abstract float[] pool(Graph.Output output);
}
