package dev.ragline.bench;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.SentencedText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Embeds each text once, so that many corpora of the same texts can be made. */
final class RememberingEmbedder implements Embedder {
  private final Embedder embedder;
  private final Map<String, PassageEmbedding> passages = new ConcurrentHashMap<>();
  private final Map<String, QuestionEmbedding> questions = new ConcurrentHashMap<>();

  /**
   * @param embedder is closed with this one
   */
  RememberingEmbedder(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public EmbeddingModel model() {
    return embedder.model();
  }

  @Override
  public boolean computesHere() {
    return embedder.computesHere();
  }

  @Override
  public int countTokens(String text) {
    return embedder.countTokens(text);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Call call) {
    return embedder.embedPassages(texts, call);
  }

  @Override
  public List<PassageEmbedding> embedSentences(List<SentencedText> texts, Call call) {
    return texts.stream()
        .map(
            text ->
                passages.computeIfAbsent(
                    text.text(), unseen -> embedder.embedSentences(List.of(text), call).getFirst()))
        .toList();
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    return questions.computeIfAbsent(question, asked -> embedder.embedQuestion(asked, call));
  }

  @Override
  public void close() {
    embedder.close();
  }
}
