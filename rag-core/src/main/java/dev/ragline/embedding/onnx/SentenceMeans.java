package dev.ragline.embedding.onnx;

import dev.ragline.embedding.SentencedText.Place;
import dev.ragline.embedding.Vectors;
import dev.ragline.onnx.Graph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a text's sentences, from the model's outputs for its tokens: each is the mean of
 * those for the tokens that stand wholly in it. Takes the outputs window by window and keeps the
 * sums of one sentence only.
 */
final class SentenceMeans {
  private final Tokenizer.Tokens tokens;
  private final List<Place> places;
  private final int shift;
  private final int before;
  private final List<float[]> vectors = new ArrayList<>();
  private int place;
  private int token;
  private double @Nullable [] sum;

  /**
   * @param places of the sentences, in order, none overlapping another
   * @param shift how far the tokens' text is ahead of the places'
   * @param before special tokens at the beginning of each window
   */
  SentenceMeans(Tokenizer.Tokens tokens, List<Place> places, int shift, int before) {
    this.tokens = tokens;
    this.places = places;
    this.shift = shift;
    this.before = before;
  }

  /**
   * Takes the outputs of the next window.
   *
   * @param count how many of the text's tokens it has
   */
  void add(Graph.Output output, int count) {
    for (int i = 0; i < count; i++, token++) {
      while (place < places.size() && places.get(place).end() + shift <= tokens.starts()[token]) {
        endSentence();
      }
      if (place < places.size() && isInside(places.get(place))) {
        addToSentence(output, (before + i) * output.columns());
      }
    }
  }

  private boolean isInside(Place sentence) {
    return tokens.starts()[token] >= sentence.start() + shift
        && tokens.ends()[token] <= sentence.end() + shift
        && tokens.ends()[token] > tokens.starts()[token];
  }

  private void addToSentence(Graph.Output output, int at) {
    double[] now = sum == null ? new double[output.columns()] : sum;
    for (int d = 0; d < now.length; d++) {
      now[d] += output.values()[at + d];
    }
    sum = now;
  }

  private void endSentence() {
    if (sum != null) {
      float[] unit = direction(sum);
      if (Vectors.hasDirection(unit)) {
        vectors.add(unit);
      }
    }
    sum = null;
    place++;
  }

  /** The vectors, of length 1, after the last window; none for a sentence without tokens. */
  List<float[]> vectors() {
    while (place < places.size()) {
      endSentence();
    }
    return vectors;
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
