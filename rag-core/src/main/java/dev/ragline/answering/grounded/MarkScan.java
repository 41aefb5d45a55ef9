package dev.ragline.answering.grounded;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was read where a mark may stand.
 *
 * @param numbers the mark's numbers; empty where no mark stands, or none can be told yet
 * @param end where the mark ends, exclusive
 * @param undecided whether more text could change this
 */
record MarkScan(List<Integer> numbers, int end, boolean undecided) {
  private static final int MOST_OF_A_RANGE = 20;

  /** All repetitions are bounded, so that little is ever held back. */
  private static final String SPACE = "[ \\t\u00A0\u2009\u202F\u3000]{0,4}";

  private static final String NUMBER = "[0-9]{1,2}(?:" + SPACE + "[-–—]" + SPACE + "[0-9]{1,2})?";

  /** What models put before a number, in some languages. */
  private static final String LABEL =
      "(?:(?:sources?|passages?|pieces?|snippets?|chunks?|doc(?:ument)?s?|ref(?:erence)?s?"
          + "|citations?|quellen?|fuentes?|fontes?|fonti|источники?|来源|來源|出典|资料|資料|출처|المصدر)"
          + "[.:：]?"
          + SPACE
          + "#?)?";

  private static final String AND =
      SPACE + "(?:[,;，；、&]" + SPACE + "(?:and )?|and |und |et |y |e |и |和)" + SPACE;

  private static final String NUMBERS =
      SPACE + LABEL + NUMBER + "(?:" + AND + LABEL + NUMBER + "){0,15}" + SPACE;

  /** No mark: the text of a link stands between such brackets. */
  private static final String NO_LINK = "(?!\\()";

  private static final String ONE =
      "(?:\\[\\^?%1$s\\]|\\[\\[%1$s\\]\\]|［%1$s］|【%1$s(?:†[^\\[\\]【】\\n]{0,48})?】)%2$s"
          .formatted(NUMBERS, NO_LINK);

  private static final String GROUP = ONE + "(?:" + SPACE + "[,;，、]?" + SPACE + ONE + "){0,7}";

  private static final Pattern MARK = compile(ONE);
  private static final Pattern MARKS =
      compile("(?:" + GROUP + "|\\(" + SPACE + GROUP + SPACE + "\\))");
  private static final Pattern VALUE =
      Pattern.compile("†[^】]*|([0-9]+)(?:" + SPACE + "[-–—]" + SPACE + "([0-9]+))?");

  MarkScan {
    numbers = List.copyOf(numbers);
  }

  private static Pattern compile(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether a char can begin a mark. */
  static boolean opens(char c) {
    return c == '[' || c == '【' || c == '［' || c == '(';
  }

  /** Whether a single mark stands at a place of a whole text. */
  static boolean isMark(CharSequence text, int start) {
    Matcher matcher = MARK.matcher(text).region(start, text.length());
    return matcher.lookingAt() && !numbers(matcher.group()).isEmpty();
  }

  /**
   * Reads a group of marks with nothing but spaces, or a comma and spaces, between them, in
   * brackets or not. It is decided only when something else follows.
   *
   * @param complete whether nothing comes after {@code text}
   */
  @SuppressWarnings("JdkObsolete") // hitEnd() is for text that streams, as this does
  static MarkScan group(CharSequence text, int start, boolean complete) {
    Matcher matcher = MARKS.matcher(text).region(start, text.length());
    boolean found = matcher.lookingAt();
    boolean reachesEnd = matcher.hitEnd() || (found && matcher.end() == text.length());
    if (reachesEnd && !complete) {
      return new MarkScan(List.of(), start, true);
    }
    List<Integer> numbers = found ? numbers(matcher.group()) : List.of();
    return new MarkScan(numbers, numbers.isEmpty() ? start : matcher.end(), false);
  }

  /** The numbers of a group, ranges written out; none for a range that cannot be one of sources. */
  private static List<Integer> numbers(String group) {
    List<Integer> numbers = new ArrayList<>();
    for (MatchResult value : VALUE.matcher(group).results().toList()) {
      if (value.group(1) == null) {
        continue;
      }
      int first = Integer.parseInt(value.group(1));
      int last = value.group(2) == null ? first : Integer.parseInt(value.group(2));
      boolean range = value.group(2) != null;
      if (range && (first < 1 || last <= first || last - first >= MOST_OF_A_RANGE)) {
        return List.of();
      }
      for (int number = first; number <= last; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
