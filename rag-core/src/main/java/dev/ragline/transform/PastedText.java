package dev.ragline.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells what a user wrote from what was pasted beside it: logs, stack traces, manifests, code,
 * tables that a command printed. A text of one line was written.
 *
 * @param prose what was written, with its line breaks
 * @param pasted the other lines, in order
 */
record PastedText(String prose, List<String> pasted) {
  /** A line that a program has printed, whatever stands beside it. */
  private static final Pattern PRINTED =
      Pattern.compile(
          // A time, of a log.
          "^\\W?\\d{4}[-/.]\\d\\d[-/.]\\d\\d[T ]\\d\\d:\\d\\d.*|^\\W?\\d\\d:\\d\\d:\\d\\d.*"
              + "|^[IWEF]\\d{4} \\d\\d:\\d\\d:.*"
              + "|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\\d+ \\d\\d:\\d\\d:\\d\\d.*"
              + "|^\\W*(?:ERROR|WARN|WARNING|INFO|DEBUG|TRACE|FATAL|SEVERE|CRITICAL)\\b.*"
              + "|^(?:time|level|ts|msg)=.*"
              // A stack trace.
              + "|^\\s*at [\\w.$<>/]+\\(.*|^\\s*\\.\\.\\. \\d+ more.*|^\\s*File \".*\", line"
              + " \\d+.*|^(?:Traceback \\(|Caused by:|Exception in thread|panic:|goroutine"
              + " \\d|fatal"
              + " error:).*|^(?:\\w+\\.)+\\w*(?:Exception|Error)\\b.*|^\\w+(?:Exception|Error): .*"
              // A command behind its prompt, and a difference.
              + "|^\\s*[$#%>] ?[a-z./].*|^\\w+@[\\w.-]+[:~ ].*[$#].*|^PS [A-Z]:\\\\.*"
              + "|^(?:\\+\\+\\+|---|@@|diff --git) .*|^---$"
              // Columns.
              + "|^\\s*\\S+(?:(?: {2,}|\\t+)\\S+(?: \\S+)*){2,}\\s*$"
              // Code and data.
              + "|^\\s*[{}\\[\\]()<>;,]+\\s*$|.*[;{]\\s*$|^\\s*\"[^\"]+\"\\s*:.*|^\\s*</?[\\w:-]+[^>]*>.*"
              + "|^\\s*(?:import|package|from|#include|public|private|func|def|class|var|let|const|return|apiVersion:|kind:|metadata:|spec:)(?:"
              + " .*[(){}=.:\"'<].*|$|(?<=:).*)");

  /** A line of a manifest; one alone may be written by hand. */
  private static final Pattern KEY = Pattern.compile("^\\s*(?:- )?[\\w./-]+:(?: .*)?$");

  private static final Pattern INDENTED = Pattern.compile("^(?: {2,}|\\t).*");
  private static final Pattern FENCE = Pattern.compile("^\\s*(?:```|~~~).*");
  private static final Pattern ASKS = Pattern.compile(".*[?？؟]\\s*$");

  /** Chars of a line that tell. */
  private static final int HEAD = 300;

  PastedText {
    pasted = List.copyOf(pasted);
  }

  static PastedText of(String text) {
    List<String> lines = text.lines().toList();
    boolean[] printed = printed(lines);
    StringBuilder prose = new StringBuilder();
    List<String> pasted = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!printed[i]) {
        prose.append(line).append('\n');
      } else if (!line.isBlank() && !FENCE.matcher(line).matches()) {
        pasted.add(line.strip());
      }
    }
    return new PastedText(prose.toString().strip(), pasted);
  }

  private static boolean[] printed(List<String> lines) {
    boolean[] printed = new boolean[lines.size()];
    if (lines.stream().filter(line -> !line.isBlank()).count() < 2) {
      return printed;
    }
    boolean fenced = false;
    boolean before = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean fence = FENCE.matcher(line).matches();
      boolean shows = isPrinted(lines, i) || (before && INDENTED.matcher(line).matches());
      printed[i] = fence || fenced || shows;
      fenced ^= fence;
      before = printed[i] || (before && line.isBlank());
    }
    return printed;
  }

  private static boolean isPrinted(List<String> lines, int i) {
    String line = lines.get(i);
    String head = line.substring(0, Math.min(HEAD, line.length()));
    if (PRINTED.matcher(head).matches()) {
      return true;
    }
    return KEY.matcher(line).matches()
        && !ASKS.matcher(line).matches()
        && (isKey(lines, i - 1) || isKey(lines, i + 1));
  }

  private static boolean isKey(List<String> lines, int i) {
    return i >= 0 && i < lines.size() && KEY.matcher(lines.get(i)).matches();
  }
}
