package dev.ragline.embedding.onnx;

import dev.ragline.embedding.Vectors;
import java.util.List;
import java.util.Optional;

/** The vectors of parts of a text, from the model's outputs for its tokens. */
final class SentenceMeans {
  private final Tokenizer.Tokens tokens;
  private final List<float[][]> outputs;
  private final int before;

  /**
   * Takes what the model gave.
   *
   * @param outputs of the windows that the tokens were cut into
   * @param before special tokens at the beginning of each
   */
  SentenceMeans(Tokenizer.Tokens tokens, List<float[][]> outputs, int before) {
    this.tokens = tokens;
    this.outputs = outputs;
    this.before = before;
  }

  /** The mean of the tokens that stand between two chars, of length 1; none without tokens. */
  Optional<float[]> of(int start, int end) {
    double[] sum = null;
    int token = 0;
    for (int w = 0; w < outputs.size(); w++) {
      // The same cuts as those of the windows.
      int last = (int) ((long) tokens.ids().length * (w + 1) / outputs.size());
      int first = token;
      for (; token < last; token++) {
        boolean inside =
            tokens.starts()[token] >= start
                && tokens.ends()[token] <= end
                && tokens.ends()[token] > tokens.starts()[token];
        if (inside) {
          float[] output = outputs.get(w)[before + token - first];
          sum = sum == null ? new double[output.length] : sum;
          for (int d = 0; d < output.length; d++) {
            sum[d] += output[d];
          }
        }
      }
    }
    return Optional.ofNullable(sum).map(SentenceMeans::direction).filter(Vectors::hasDirection);
  }

  private static float[] direction(double[] sum) {
    double squares = 0;
    for (double component : sum) {
      squares += component * component;
    }
    float[] unit = new float[sum.length];
    for (int d = 0; d < sum.length; d++) {
      unit[d] = (float) (sum[d] / Math.sqrt(squares));
    }
    return unit;
  }
}
