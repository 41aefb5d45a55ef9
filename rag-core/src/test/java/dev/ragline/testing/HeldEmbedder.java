package dev.ragline.testing;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A fake model that does not go on with texts that have a word until it is let go. */
public final class HeldEmbedder implements Embedder {
  private final FakeEmbedder embedder = new FakeEmbedder();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final String word;

  public HeldEmbedder(String word) {
    this.word = word;
  }

  @Override
  public EmbeddingModel model() {
    return embedder.model();
  }

  @Override
  public boolean computesHere() {
    return false; // a thread that it holds is not one of the cores'
  }

  @Override
  public int countTokens(String text) {
    return embedder.countTokens(text);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Call call) {
    holdIf(texts.stream().anyMatch(text -> text.contains(word)));
    return embedder.embedPassages(texts, call);
  }

  private void holdIf(boolean held) {
    if (held) {
      begun.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled", e);
      }
    }
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    holdIf(question.contains(word));
    return embedder.embedQuestion(question, call);
  }

  /** Waits until a passage is held. */
  public void awaitBegun() throws InterruptedException {
    begun.await();
  }

  /** Lets all go, from now on. */
  public void release() {
    release.countDown();
  }

  /** The texts of each call that went on. */
  public List<List<String>> calls() {
    return embedder.calls();
  }

  @Override
  public void close() {
    embedder.close();
  }
}
