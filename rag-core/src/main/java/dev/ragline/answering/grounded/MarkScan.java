package dev.ragline.answering.grounded;

import java.util.ArrayList;
import java.util.List;

/**
 * What was read where a mark may stand.
 *
 * @param numbers the mark's numbers; empty where no mark stands, or none can be told yet
 * @param end where the mark ends, exclusive
 * @param undecided whether the text ends before it is told
 */
record MarkScan(List<Integer> numbers, int end, boolean undecided) {
  private static final int LONGEST = 64;
  private static final int MAX_DIGITS = 2;

  MarkScan {
    numbers = List.copyOf(numbers);
  }

  /** Whether a char can begin a mark. */
  static boolean opens(char c) {
    return c == '[' || c == '【';
  }

  /** Reads one mark, such as {@code [1]} or {@code [1, 2]}. */
  static MarkScan one(CharSequence text, int start) {
    if (start >= text.length()) {
      return new MarkScan(List.of(), start, true);
    }
    if (!opens(text.charAt(start))) {
      return none(start);
    }
    char close = text.charAt(start) == '[' ? ']' : '】';
    List<Integer> numbers = new ArrayList<>();
    int position = start;
    do {
      int digits = skipSpaces(text, position + 1);
      position = digits;
      while (position < text.length() && isDigit(text.charAt(position))) {
        position++;
      }
      int count = position - digits;
      if (count > MAX_DIGITS || (count == 0 && position < text.length())) {
        return none(start);
      }
      if (count > 0) {
        numbers.add(Integer.valueOf(text.subSequence(digits, position).toString()));
      }
      position = skipSpaces(text, position);
      if (position - start > LONGEST) {
        return none(start);
      }
      if (position == text.length()) {
        return new MarkScan(List.of(), start, true);
      }
    } while (separates(text.charAt(position)));
    return text.charAt(position) == close
        ? new MarkScan(numbers, position + 1, false)
        : none(start);
  }

  /**
   * Reads a group of marks with nothing but spaces, or a comma and spaces, between them. Only when
   * something else follows is it known where a group ends.
   *
   * @param complete whether nothing comes after {@code text}
   */
  static MarkScan group(CharSequence text, int start, boolean complete) {
    List<Integer> numbers = new ArrayList<>();
    int end = start;
    int next = start;
    while (next - start <= 4 * LONGEST) {
      MarkScan mark = one(text, next);
      if (mark.undecided() && !complete) {
        return mark;
      }
      if (mark.numbers().isEmpty()) {
        break;
      }
      numbers.addAll(mark.numbers());
      end = mark.end();
      next = skipSpaces(text, end);
      if (next < text.length() && separates(text.charAt(next))) {
        next = skipSpaces(text, next + 1);
      }
    }
    return new MarkScan(numbers, end, end == text.length() && !complete);
  }

  private static MarkScan none(int start) {
    return new MarkScan(List.of(), start, false);
  }

  /** Skips at most as many spaces as a mark is long. */
  private static int skipSpaces(CharSequence text, int start) {
    int position = start;
    while (position < text.length()
        && position - start <= LONGEST
        && isSpace(text.charAt(position))) {
      position++;
    }
    return position;
  }

  /** White space that does not end a line. */
  static boolean isSpace(char c) {
    return Character.isWhitespace(c) && c != '\n' && c != '\r';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean separates(char c) {
    return c == ',' || c == ';' || c == '，' || c == '、';
  }
}
