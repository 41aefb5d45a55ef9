package dev.ragline.server.answers;

import dev.ragline.document.RagException;
import dev.ragline.v1.AnswerEvent;
import org.jspecify.annotations.Nullable;

/** What there is for a reader. */
sealed interface Taken {
  /** Its next event. */
  record Event(AnswerEvent event) implements Taken {}

  /** Nothing that it could take now. */
  record Nothing() implements Taken {}

  /**
   * The end.
   *
   * @param problem null when the answer was written to its end
   */
  record End(@Nullable RagException problem) implements Taken {}
}
