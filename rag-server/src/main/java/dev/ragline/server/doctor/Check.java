package dev.ragline.server.doctor;

import dev.ragline.call.Call;

/** Asks one configured thing. */
public interface Check {
  /** What it asks, for people: {@code store}, {@code llm 2}. */
  String what();

  /**
   * Asks, and writes down what it learns as it goes, so that a check that breaks off has said all
   * up to there.
   *
   * @param call ends when the time for this check is over; the thread is interrupted soon after
   * @throws dev.ragline.document.RagException for what keeps it from going on
   */
  void run(Draft draft, Call call);
}
