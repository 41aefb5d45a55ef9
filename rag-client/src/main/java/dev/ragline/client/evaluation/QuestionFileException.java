package dev.ragline.client.evaluation;

/** A file of questions that cannot be understood; the message says where and why, in one line. */
public final class QuestionFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QuestionFileException(String message) {
    super(message);
  }
}
