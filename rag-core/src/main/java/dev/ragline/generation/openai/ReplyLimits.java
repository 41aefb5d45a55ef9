package dev.ragline.generation.openai;

import dev.ragline.document.RagException;

/**
 * How much of a reply is taken; who goes on is cut off.
 *
 * @param answerBytes of text in UTF-8
 * @param lineBytes of one line of the stream
 * @param replyBytes of the stream, with all that is not text: thoughts, for example
 */
public record ReplyLimits(int answerBytes, int lineBytes, long replyBytes) {
  /** A text of a hundred pages; lines and thoughts longer than any model's. */
  public static final ReplyLimits DEFAULT = new ReplyLimits(256 << 10, 1 << 20, 64L << 20);

  public ReplyLimits {
    if (answerBytes < 1 || lineBytes < 1 || replyBytes < 1) {
      throw RagException.invalid("llm limits", "a limit is at least one byte");
    }
  }

  /** The same for answers of another length. */
  public ReplyLimits withAnswerBytes(int bytes) {
    return new ReplyLimits(bytes, lineBytes, replyBytes);
  }
}
