package dev.ragline.client;

import io.grpc.Status;
import java.util.Optional;
import java.util.Set;

/**
 * An answer's stream broke, and the server that was reached then does not hold the rest: its reason
 * is ANSWER_NOT_HELD or ANSWER_STOPPED. Asking anew gives another answer.
 */
public final class AnswerLostException extends RagClientException {
  private static final long serialVersionUID = 1L;

  private static final Set<String> REASONS = Set.of("ANSWER_NOT_HELD", "ANSWER_STOPPED");

  AnswerLostException(RagClientException failure) {
    super(failure);
  }

  /** Whether a failure to resume means that there is nothing to resume. */
  static boolean means(RagClientException failure) {
    Optional<String> reason = failure.reason();
    return reason.map(REASONS::contains).orElse(false)
        || failure.code() == Status.Code.UNIMPLEMENTED; // older than ResumeAsk
  }
}
