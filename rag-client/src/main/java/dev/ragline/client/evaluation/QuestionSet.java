package dev.ragline.client.evaluation;

import dev.ragline.v1.EvaluationQuestion;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Questions with known answers, and the passages that a file brings along for them.
 *
 * @param passages none where the questions are about a corpus that is there
 */
public record QuestionSet(List<EvaluationQuestion> questions, List<OwnPassage> passages) {
  public QuestionSet {
    questions = List.copyOf(questions);
    passages = List.copyOf(passages);
  }

  /**
   * A passage to become a document of one chunk.
   *
   * @param document the document's id
   * @param title what to call it; empty for nothing in particular
   */
  public record OwnPassage(String document, String title, String text) {}

  /** So many of the questions, drawn at random but in their order; all passages stay. */
  public QuestionSet sample(int count, long seed) {
    if (count >= questions.size()) {
      return this;
    }
    int[] order = IntStream.range(0, questions.size()).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, order.length);
      int drawn = order[other];
      order[other] = order[i];
      order[i] = drawn;
    }
    return new QuestionSet(
        Arrays.stream(order, 0, count).sorted().mapToObj(questions::get).toList(), passages);
  }
}
