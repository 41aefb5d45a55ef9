package dev.ragline.embedding;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import java.util.List;

/**
 * Turns texts into vectors. A vector depends on its text alone, bit for bit. The tokens that were
 * read are counted by the call's meter.
 */
public interface Embedder extends AutoCloseable {
  /** Which model it is. */
  EmbeddingModel model();

  /**
   * Whether the model computes in this process, and does not make its callers wait for another: who
   * calls it may hold a core meanwhile.
   */
  boolean computesHere();

  /** How many passages should be asked for at once, so that it is never idle for want of some. */
  default int passagesAtOnce() {
    return 64;
  }

  /** Tokens of a text as the model counts them, without its special tokens. */
  int countTokens(String text);

  /**
   * Vectors of passages, one a text, of {@code model().dimension()} components and length 1. A text
   * longer than the model's window is read window by window and its vector is their mean, weighted
   * by tokens.
   *
   * @throws dev.ragline.document.RagException DEADLINE_EXCEEDED or CANCELLED between two texts
   */
  List<float[]> embedPassages(List<String> texts, Call call);

  /**
   * The same with the vectors of sentences where that takes no further inference: each is the mean
   * of the outputs for its own tokens, which have read the whole passage ("late chunking", Günther
   * et al., 2024). No sentence has one where a model gives one vector a text.
   */
  default List<PassageEmbedding> embedSentences(List<SentencedText> passages, Call call) {
    return embedPassages(passages.stream().map(SentencedText::text).toList(), call).stream()
        .map(vector -> new PassageEmbedding(vector, List.of()))
        .toList();
  }

  /** The vector of a question, with whatever prefix the model wants for questions. */
  QuestionEmbedding embedQuestion(String question, Call call);

  /**
   * Vectors of questions, one a text, each as {@link #embedQuestion} gives it.
   *
   * @throws dev.ragline.document.RagException DEADLINE_EXCEEDED or CANCELLED between two texts
   */
  default List<float[]> embedQuestions(List<String> questions, Call call) {
    return questions.stream().map(question -> embedQuestion(question, call).vector()).toList();
  }

  /** Frees the model; calls in flight end first. */
  @Override
  void close();
}
