package dev.ragline.server.doctor;

import dev.ragline.call.Call;
import dev.ragline.embedding.Embedder;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model with what its port does not tell.
 *
 * @param pooling how a vector is made of the outputs for tokens; empty where that is not known
 * @param questionPrefix what stands before a question; often empty
 * @param passagePrefix what stands before a passage; often empty
 * @param whole asks for a text in one request; null where texts never leave this process
 */
public record OpenedEmbedder(
    Embedder embedder,
    String pooling,
    String questionPrefix,
    String passagePrefix,
    @Nullable WholeText whole)
    implements AutoCloseable {
  /** Embeds a text in one piece. */
  @FunctionalInterface
  public interface WholeText {
    /**
     * The vector as it comes.
     *
     * @throws dev.ragline.document.RagException when it is refused, for its size for example
     */
    float[] embed(String text, Call call);
  }

  @Override
  public void close() {
    embedder.close();
  }
}
