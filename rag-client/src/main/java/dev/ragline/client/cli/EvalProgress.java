package dev.ragline.client.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far one part of an evaluation is, on standard error: a bar, else a line every tenth. */
final class EvalProgress implements AutoCloseable {
  private static final int WIDTH = 100;
  private static final int LINES = 10;

  private final Shell shell;
  private final String what;
  private final int total;
  private final @Nullable ProgressBar bar;
  private int told;

  /**
   * @param what the things that are counted
   */
  EvalProgress(Shell shell, String what, int total) {
    this.shell = shell;
    this.what = what;
    this.total = total;
    this.bar =
        shell.terminals().err()
            ? ProgressBar.builder()
                .setTaskName(what)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(shell.err(), WIDTH))
                .build()
            : null;
  }

  synchronized void at(int done) {
    if (bar != null) {
      bar.stepTo(done);
      return;
    }
    int tenths = total == 0 ? LINES : (int) ((long) done * LINES / total);
    if (tenths > told) {
      told = tenths;
      shell.err().println("[%d/%d] %s".formatted(done, total, what));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
