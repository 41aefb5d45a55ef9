package dev.ragline.server.doctor;

import dev.ragline.call.Call;
import dev.ragline.execution.BoundedWait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs checks one after the other; none hides another, and none takes longer than it may. */
public final class Doctor {
  /** What one check may take. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  /** What sees the end of its call by itself can say better what it was that took so long. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private Doctor() {}

  /**
   * Runs checks.
   *
   * @param limit what each may take
   * @return what each found out, in the same order
   */
  public static List<Checked> examine(List<Check> checks, Duration limit) {
    return checks.stream().map(check -> examine(check, limit)).toList();
  }

  private static Checked examine(Check check, Duration limit) {
    Draft draft = new Draft(check.what(), limit);
    Call call = Call.within(limit);
    Optional<Boolean> ended =
        BoundedWait.await(() -> Optional.of(run(check, draft, call)), limit.plus(GRACE));
    if (ended.isEmpty()) {
      draft.late();
    }
    return draft.checked();
  }

  private static boolean run(Check check, Draft draft, Call call) {
    try {
      check.run(draft, call);
      return true;
    } catch (RuntimeException | LinkageError e) {
      draft.brokeOff(e);
      return false;
    }
  }
}
