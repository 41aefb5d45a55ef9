package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.Vectors;
import dev.ragline.transform.Queries;
import java.util.List;

/** Joins the question's vector with that of the passage that might answer it, if there is one. */
final class Hypothesis {
  private static final int[] ALIKE = {1, 1};

  private Hypothesis() {}

  /** The mean of the two, of length 1; what the model knows of the question stays what it is. */
  static QuestionEmbedding join(Embedder embedder, Queries queries, Call call) {
    QuestionEmbedding question = embedder.embedQuestion(queries.question(), call);
    String passage = queries.passage();
    if (passage == null) {
      return question;
    }
    float[] imagined = embedder.embedPassages(List.of(passage), call).getFirst();
    float[] mean = Vectors.weightedMean(new float[][] {question.vector(), imagined}, ALIKE);
    return question.with(Vectors.normalize(mean));
  }
}
