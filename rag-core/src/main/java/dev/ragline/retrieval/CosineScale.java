package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.Vectors;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where an embedding model's cosines lie, which differs from model to model: one puts strangers at
 * 0, another at 0.6. It is measured by a few questions, their answers and each other's.
 *
 * @param unrelated mean cosine of a question and another one's answer
 * @param related mean cosine of a question and its answer
 */
public record CosineScale(double unrelated, double related) {
  /** Of a model that nothing is known of: whatever it says counts nothing. */
  public static final CosineScale NONE = new CosineScale(0, 0);

  /** A model that tells questions and answers apart by less than this knows nothing. */
  private static final double LEAST = 0.05;

  /** Questions and answers by turns. */
  private static final List<String> PAIRS =
      List.of(
          "When was the bridge over the river built?",
          "The stone bridge that crosses the river was finished in 1843.",
          "How do I reset my password?",
          "To choose a new password, click on the link below the login form.",
          "Which animals live in the northern forest?",
          "Wolves, elks and brown bears are found in the forests of the north.",
          "What causes earthquakes?",
          "Earthquakes happen when plates of the earth's crust suddenly slip past each other.",
          "Who wrote the music for the film?",
          "The film's score was composed by a young pianist from Prague.",
          "How much sugar goes into the cake?",
          "The recipe calls for 200 grams of sugar and four eggs for one cake.",
          "Why did the company close its factory?",
          "The plant was shut down because the firm could no longer afford the energy.",
          "What does the court decide about?",
          "The court rules on disputes between the states and the federal government.");

  /** Measures a model. */
  static CosineScale of(Embedder embedder, Call call) {
    int pairs = PAIRS.size() / 2;
    List<float[]> answers =
        embedder.embedPassages(
            IntStream.range(0, pairs).mapToObj(i -> PAIRS.get(2 * i + 1)).toList(), call);
    double own = 0;
    double others = 0;
    for (int i = 0; i < pairs; i++) {
      float[] question = embedder.embedQuestion(PAIRS.get(2 * i), call).vector();
      for (int j = 0; j < pairs; j++) {
        double cosine = Vectors.cosine(question, answers.get(j));
        own += i == j ? cosine : 0;
        others += i == j ? 0 : cosine;
      }
    }
    return new CosineScale(others / (pairs * (pairs - 1)), own / pairs);
  }

  /** Whether the model tells questions and answers apart. */
  boolean tells() {
    return related - unrelated >= LEAST;
  }

  /** A cosine on the scale on which strangers are at 0, and a question and its answer at 1. */
  public double of(double cosine) {
    return tells() ? (cosine - unrelated) / (related - unrelated) : 0;
  }
}
