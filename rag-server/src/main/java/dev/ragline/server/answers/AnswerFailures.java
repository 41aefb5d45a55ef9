package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.time.Duration;

/** What can be wrong with an answer that somebody wants to read. */
final class AnswerFailures {
  private static final String TYPE = "ragline.dev/Answer";
  private static final Duration SOON = Duration.ofSeconds(1);

  private AnswerFailures() {}

  /** Never was here, is here no more, or is at another replica: that cannot be told apart. */
  static RagException notHeld(AnswerId id) {
    return new RagException(
        ErrorCode.NOT_FOUND,
        "ANSWER_NOT_HELD",
        "this server does not hold the answer, or not its earlier events any more;"
            + " the question may be asked anew",
        resource(id));
  }

  /** Was stopped before its end, because its caller went away or somebody wanted it. */
  static RagException stopped(AnswerId id) {
    return new RagException(
        ErrorCode.ABORTED, "ANSWER_STOPPED", "the answer was stopped before its end", resource(id));
  }

  static RagException running(AnswerId id) {
    return RagException.failedPrecondition(
        "ANSWER_RUNNING", id.resourceName(), "the answer is still being written");
  }

  static RagException taken(AnswerId id) {
    return new RagException(
        ErrorCode.ALREADY_EXISTS,
        "ANSWER_EXISTS",
        "answer_id: there is an answer of this name already",
        resource(id));
  }

  static RagException tooMany(int most) {
    String message = "%d answers go on already, whether or not they are read".formatted(most);
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "TOO_MANY_CONTINUED",
        message,
        new ErrorDetail.Quota("answers.max-continued", message),
        new ErrorDetail.Retry(SOON));
  }

  /** One reader's stream cannot go on; the log tells why. */
  static RagException broken() {
    return new RagException(
        ErrorCode.INTERNAL, "INTERNAL", "the stream broke in the server; it may be resumed");
  }

  /** For the one who writes: nobody wants the rest. */
  static RagException cancelled() {
    return new RagException(ErrorCode.CANCELLED, "CANCELLED", "the answer was stopped");
  }

  /** For the one who writes: it took too long. */
  static RagException late() {
    return new RagException(
        ErrorCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline passed");
  }

  private static ErrorDetail resource(AnswerId id) {
    return new ErrorDetail.Resource(TYPE, id.resourceName());
  }
}
