package dev.ragline.answering.grounded;

/**
 * Tells whether a place in a Markdown text is inside code, by its backticks, and by the runs of
 * tildes that begin a line. A run opens, a run as long closes. Code between one or two backticks
 * ends with its line even where it is never closed, so that a stray backtick does little harm.
 */
final class CodeTracker {
  private static final int FENCE = 3;

  /** Length of the run that opened the code, and of what it is; 0 outside of code. */
  private int opened;

  private char opener;

  /** Length of the run of backticks or tildes that the text so far ends with, and of which. */
  private int run;

  private char runOf;

  /** Whether nothing but blanks stands before the run, or the next char, in its line. */
  private boolean beginsLine = true;

  /** Takes the next char. */
  void next(char c) {
    if (run > 0 && c == runOf) {
      run++;
      return;
    }
    endRun();
    if (c == '`' || (c == '~' && beginsLine)) {
      run = 1;
      runOf = c;
    } else if (c == '\n') {
      opened = opened < FENCE ? 0 : opened;
    }
    beginsLine = c == '\n' || (beginsLine && (c == ' ' || run > 0));
  }

  /** Whether the next char, unless it goes on with a run, is inside code. */
  boolean inside() {
    return afterRun() > 0;
  }

  private void endRun() {
    int after = afterRun();
    if (opened == 0 && after > 0) {
      opener = runOf;
    }
    opened = after;
    if (run > 0) {
      beginsLine = false;
    }
    run = 0;
  }

  private int afterRun() {
    if (run == 0 || (runOf == '~' && run < FENCE)) {
      return opened;
    }
    if (opened == 0) {
      return run;
    }
    boolean closes = opener == runOf && (opened < FENCE ? run == opened : run >= opened);
    return closes ? 0 : opened;
  }
}
