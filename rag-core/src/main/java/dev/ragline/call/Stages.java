package dev.ragline.call;

import dev.ragline.document.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs the steps of the work on one question and keeps their record; for one thread. */
public final class Stages {
  private final LongSupplier nanoTime;
  private final Call call;
  private final List<Stage> done = new ArrayList<>();

  /** Steps under a deadline, timed by the system's clock. */
  public Stages(Call call) {
    this(call, System::nanoTime);
  }

  /** Steps under a deadline, timed by a clock of nanoseconds. */
  public Stages(Call call, LongSupplier nanoTime) {
    this.call = call;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs a step, unless the deadline has passed.
   *
   * @param detail says from the result what ran
   */
  public <T> T run(String name, Function<T, String> detail, Supplier<T> step) {
    call.check(name);
    long start = nanoTime.getAsLong();
    T result = step.get();
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
    done.add(new Stage(name, elapsed, detail.apply(result)));
    return result;
  }

  /** The steps that were run, in order. */
  public List<Stage> done() {
    return List.copyOf(done);
  }
}
