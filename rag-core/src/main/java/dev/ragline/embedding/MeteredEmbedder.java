package dev.ragline.embedding;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import java.util.List;

/** An embedding model whose tokens are counted while somebody counts. */
public final class MeteredEmbedder implements Embedder {
  private final Embedder embedder;

  /**
   * @param embedder is closed with this one
   */
  public MeteredEmbedder(Embedder embedder) {
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
    List<float[]> vectors = embedder.embedPassages(texts, call);
    count(texts, call);
    return vectors;
  }

  @Override
  public List<PassageEmbedding> embedSentences(List<SentencedText> passages, Call call) {
    List<PassageEmbedding> embeddings = embedder.embedSentences(passages, call);
    count(passages.stream().map(SentencedText::text).toList(), call);
    return embeddings;
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    QuestionEmbedding embedding = embedder.embedQuestion(question, call);
    count(List.of(question), call);
    return embedding;
  }

  private void count(List<String> texts, Call call) {
    if (call.meter().isCounting()) {
      call.meter().countEmbedded(texts.stream().mapToLong(embedder::countTokens).sum());
    }
  }

  @Override
  public void close() {
    embedder.close();
  }
}
