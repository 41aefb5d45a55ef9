package dev.ragline.embedding;

import dev.ragline.document.Deadline;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.usage.Meter;
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
  public int countTokens(String text) {
    return embedder.countTokens(text);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Deadline deadline) {
    List<float[]> vectors = embedder.embedPassages(texts, deadline);
    count(texts);
    return vectors;
  }

  @Override
  public List<PassageEmbedding> embedSentences(List<SentencedText> passages, Deadline deadline) {
    List<PassageEmbedding> embeddings = embedder.embedSentences(passages, deadline);
    count(passages.stream().map(SentencedText::text).toList());
    return embeddings;
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Deadline deadline) {
    QuestionEmbedding embedding = embedder.embedQuestion(question, deadline);
    count(List.of(question));
    return embedding;
  }

  private void count(List<String> texts) {
    if (Meter.isRunning()) {
      Meter.embedded(texts.stream().mapToLong(embedder::countTokens).sum());
    }
  }

  @Override
  public void close() {
    embedder.close();
  }
}
