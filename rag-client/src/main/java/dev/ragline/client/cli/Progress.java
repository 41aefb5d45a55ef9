package dev.ragline.client.cli;

import dev.ragline.v1.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far an ingest is, on standard error: a bar for a person who watches, else plain lines. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 100;

  private final Shell shell;
  private final int documents;
  private final Instant start;
  private final @Nullable ProgressBar bar;
  private final List<String> problems = new ArrayList<>();
  private int done;
  private long chunks;

  Progress(Shell shell, int documents) {
    this.shell = shell;
    this.documents = documents;
    this.start = shell.clock().instant();
    this.bar = shell.terminals().err() ? bar(shell, documents) : null;
  }

  private static ProgressBar bar(Shell shell, int documents) {
    return ProgressBar.builder()
        .setTaskName("documents")
        .setInitialMax(documents)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(shell.err(), WIDTH))
        .build();
  }

  void acknowledged(SourceFile file, Document document) {
    done++;
    chunks += document.getChunkCount();
    if (bar == null) {
      shell
          .err()
          .println(
              "[%d/%d] %s: %s"
                  .formatted(
                      done,
                      documents,
                      Text.oneLine(file.place()),
                      Text.count(document.getChunkCount(), "chunk")));
    } else {
      long millis = Math.max(1, elapsed().toMillis());
      bar.setExtraMessage(" %d chunks/s".formatted(chunks * 1000 / millis)).step();
    }
  }

  /** What there is to say of a document that is in; told at once, or below the bar. */
  void note(String remark) {
    if (bar == null) {
      shell.note(remark);
    } else {
      problems.add(remark);
    }
  }

  /** A document that failed; told at once, or below the bar. */
  void failed(String problem) {
    done++;
    if (bar == null) {
      shell.note(problem);
    } else {
      problems.add(problem);
      bar.step();
    }
  }

  Duration elapsed() {
    return Duration.between(start, shell.clock().instant());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    problems.forEach(shell::note);
    problems.clear();
  }
}
