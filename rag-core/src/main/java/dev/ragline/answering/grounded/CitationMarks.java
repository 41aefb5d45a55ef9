package dev.ragline.answering.grounded;

import java.util.List;

/**
 * Takes the citation marks out of a text that comes in pieces, wherever the pieces are cut.
 *
 * <p>A mark is one or more numbers of one or two digits between brackets, with or without a word
 * for what they count: {@code [1]}, {@code [1, 2]}, {@code [1-3]}, {@code [1 and 2]}, {@code
 * [[1]]}, {@code [^1]}, {@code [Source 1]}, {@code 【1】}, {@code 【1†source】}, {@code ［1］}. Marks
 * with only spaces or commas between them are one, and round brackets around nothing but marks go
 * with them: {@code ([1], [2])}.
 *
 * <p>All else passes unchanged: links ({@code [text](url)}, {@code [1](url)}, {@code [text][1]}),
 * definitions at a line's start ({@code [1]: url}), what is escaped ({@code \[1]}), {@code [x]},
 * {@code [2024]}, and whatever stands in Markdown's code. The spaces before a mark go with it when
 * white space, closing punctuation or the end follows.
 */
final class CitationMarks {
  /** What comes out. */
  interface Sink {
    /** Text without marks; never empty. */
    void text(String piece);

    /** The numbers of a mark behind all the text so far. */
    void mark(List<Integer> numbers);
  }

  /** A longer run of white space goes through in parts, so that no more than this is held. */
  private static final int LONGEST_SPACE = 64;

  private static final String CLOSING = ".,;:!?)]}»”’。、，．；：！？）】」』…؟،؛";

  private final Sink sink;
  private final CodeTracker code = new CodeTracker();

  /** What came in and is not decided yet. */
  private final StringBuilder held = new StringBuilder();

  /** What is decided to be text and not handed on yet. */
  private final StringBuilder plain = new StringBuilder();

  /** The last char that was decided to be text; a space at the start and after a mark. */
  private char last = ' ';

  /** Whether an odd number of backslashes ends the text, which takes the next char its meaning. */
  private boolean escaped;

  /** Whether the line so far is blank. */
  private boolean blankLine = true;

  CitationMarks(Sink sink) {
    this.sink = sink;
  }

  /** Takes the next piece. */
  void accept(String piece) {
    held.append(piece);
    advance(false);
  }

  /** Ends the text; whatever is still held comes out. */
  void finish() {
    advance(true);
  }

  private void advance(boolean complete) {
    int position = 0;
    int next = 0;
    while (position < held.length() && (next = step(position, complete)) > position) {
      position = next;
    }
    held.delete(0, position);
    flush();
  }

  /** Decides what stands at {@code start} and gives where it ends; {@code start} if undecided. */
  private int step(int start, boolean complete) {
    int open = start;
    while (open < held.length()
        && open - start < LONGEST_SPACE
        && Character.isWhitespace(held.charAt(open))) {
      open++;
    }
    if (open == held.length()) {
      return complete ? pass(start, open) : start;
    }
    if (!MarkScan.opens(held.charAt(open)) || code.inside() || isLiteral(start, open)) {
      return pass(start, open == start ? start + 1 : open);
    }
    MarkScan group = MarkScan.group(held, open, complete);
    if (group.undecided()) {
      return start;
    }
    if (group.numbers().isEmpty() || isDefinition(start, open, group.end())) {
      return pass(start, open + 1);
    }
    if (!dropsSpace(start, open, group.end())) {
      pass(start, open);
    }
    flush();
    last = ' ';
    blankLine = false;
    sink.mark(group.numbers());
    return group.end();
  }

  /** Whether what stands right before a bracket makes it a part of the text. */
  private boolean isLiteral(int start, int open) {
    return open == start && (escaped || last == ']');
  }

  /** Whether a line begins with the bracket, and a colon follows: the target of a link or note. */
  private boolean isDefinition(int start, int open, int end) {
    boolean begins = blankLine || held.substring(start, open).indexOf('\n') >= 0;
    return begins && end < held.length() && held.charAt(end) == ':';
  }

  /** Whether the white space from {@code start} to {@code open} goes with the mark. */
  private boolean dropsSpace(int start, int open, int end) {
    if (end == held.length()) {
      return true;
    }
    char follows = held.charAt(end);
    return (Character.isWhitespace(follows) || CLOSING.indexOf(follows) >= 0)
        && held.substring(start, open).indexOf('\n') < 0;
  }

  private int pass(int start, int end) {
    for (int i = start; i < end; i++) {
      char c = held.charAt(i);
      code.next(c);
      escaped = c == '\\' && !escaped;
      blankLine = c == '\n' || (blankLine && Character.isWhitespace(c));
      last = c;
    }
    plain.append(held, start, end);
    return end;
  }

  private void flush() {
    if (!plain.isEmpty()) {
      sink.text(plain.toString());
      plain.setLength(0);
    }
  }
}
