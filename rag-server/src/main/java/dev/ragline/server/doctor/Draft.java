package dev.ragline.server.doctor;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check has found out so far. Safe for the check's thread and the one that waits for it. */
public final class Draft {
  private final String what;
  private final Duration limit;
  private final Map<Fact, String> facts = new EnumMap<>(Fact.class);
  private final List<Finding> findings = new ArrayList<>();
  private String where = "-";
  private String step = "";
  private @Nullable Speed speed;
  private boolean broken;

  /**
   * @param limit what the check may take
   */
  Draft(String what, Duration limit) {
    this.what = what;
    this.limit = limit;
  }

  /** Says where the thing is: an origin or a folder. */
  synchronized void at(String place) {
    where = place;
  }

  /** Says what is tried next, for when it fails: {@code embedding a question}. */
  synchronized void trying(String next) {
    step = next;
  }

  /** It did what it is there for. */
  synchronized void answered(Speed took) {
    speed = took;
  }

  synchronized void know(Fact fact, String value) {
    facts.put(fact, value);
  }

  /** Something will go wrong. */
  synchronized void problem(String text) {
    findings.add(new Finding(Finding.Kind.PROBLEM, text));
  }

  /** Something is worth knowing. */
  synchronized void note(String text) {
    findings.add(new Finding(Finding.Kind.NOTE, text));
  }

  /** The check broke off. */
  synchronized void brokeOff(Throwable failure) {
    if (broken) {
      return;
    }
    if (failure instanceof RagException known) {
      if (known.code() == ErrorCode.DEADLINE_EXCEEDED || known.code() == ErrorCode.CANCELLED) {
        late();
        return;
      }
      problem(Advice.on(known));
    } else {
      problem(
          "%sfailed in a way that nobody thought of: %s. Please report it."
              .formatted(step.isEmpty() ? "It " : "While " + step + ", it ", failure));
    }
    broken = true;
  }

  /** The time is over. */
  synchronized void late() {
    if (broken) {
      return;
    }
    broken = true;
    String seconds =
        limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    problem(
        speed == null
            ? ("It did not answer within %s%s. Servers may load a model at its first question, so"
                    + " ask again; otherwise see whether it runs, and what its log says.")
                .formatted(seconds, step.isEmpty() ? "" : " (" + step + ")")
            : "It answers, but was stopped after %s while %s. See what its log says."
                .formatted(seconds, step));
  }

  /** All of it. */
  synchronized Checked checked() {
    return new Checked(what, where, speed != null, speed, facts, findings);
  }
}
