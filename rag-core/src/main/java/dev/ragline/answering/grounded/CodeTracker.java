package dev.ragline.answering.grounded;

/**
 * Tells whether a place in a Markdown text is inside code, by its backticks alone: a run of
 * backticks opens, a run as long closes. Code between one or two backticks ends with its line even
 * where it is never closed, so that a stray backtick does little harm.
 */
final class CodeTracker {
  private static final int FENCE = 3;

  /** Length of the run that opened the code; 0 outside of code. */
  private int opened;

  /** Length of the run of backticks that the text so far ends with. */
  private int run;

  /** Takes the next char. */
  void next(char c) {
    if (c == '`') {
      run++;
      return;
    }
    opened = afterRun();
    run = 0;
    if (c == '\n' && opened < FENCE) {
      opened = 0;
    }
  }

  /** Whether the next char, unless it is a backtick, is inside code. */
  boolean inside() {
    return afterRun() > 0;
  }

  private int afterRun() {
    if (run == 0) {
      return opened;
    }
    if (opened == 0) {
      return run;
    }
    boolean closes = opened < FENCE ? run == opened : run >= opened;
    return closes ? 0 : opened;
  }
}
