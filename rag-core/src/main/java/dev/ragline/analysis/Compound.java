package dev.ragline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a text that is one word and several: an identifier, a path, a version, a grouped
 * number.
 *
 * @param start the first char
 * @param end one past the last
 * @param grouped whether it is one number, in spite of the spaces in it
 * @param pieces what it is found by beside its usual words
 */
record Compound(int start, int end, boolean grouped, List<Piece> pieces) {
  /** What a piece is to its compound. */
  enum Role {
    /** All of it, in another way of writing. */
    ALIKE,
    /** All of it, where the usual words are parts. */
    WHOLE,
    /** A part that has parts itself, or a word. */
    PART,
    /** A beginning that is like it, as 1.25 is of 1.25.3. */
    PREFIX
  }

  /**
   * Something that the compound is found by.
   *
   * @param text what to search by, as it is or by the rules of a language
   * @param verbatim whether it is a word as it is
   * @param start the first char that it stands for
   * @param end one past the last
   */
  record Piece(String text, boolean verbatim, Role role, int start, int end) {}

  private static final Pattern JOINED =
      Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]++(?:[-_./:\\\\@#~+]{1,3}+[\\p{L}\\p{M}\\p{Nd}]++)*+");
  private static final Pattern VERSION = Pattern.compile("[vV]?(\\d{1,6}(?:\\.\\d{1,6}){1,4}+)");
  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9}+)(\\p{L}{1,3}+)");
  private static final Pattern SEPARATOR = Pattern.compile("[-_./:\\\\@#~+]++");
  private static final Pattern OUTER = Pattern.compile("[/:\\\\@#~+]++");
  private static final Pattern STOPS = Pattern.compile("\\.++");
  private static final Pattern DASHES = Pattern.compile("[-_]++");
  private static final Pattern HUMP =
      Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  /** Chars of an identifier; what is longer is data. */
  private static final int LONGEST = 200;

  private static final int MOST_PIECES = 48;

  Compound {
    pieces = List.copyOf(pieces);
  }

  /**
   * Those of a part of a text, in order.
   *
   * @param rules by which language's rules numbers are read
   */
  static List<Compound> of(String text, Run run, NumberRules rules) {
    List<Compound> found = new ArrayList<>(numbers(text, run, rules));
    if (!Scripts.isUnspaced(run.script())) {
      List<Compound> numbers = List.copyOf(found);
      Matcher joined = JOINED.matcher(text).region(run.start(), run.end());
      int next = 0;
      while (joined.find()) {
        while (next < numbers.size() && numbers.get(next).end <= joined.start()) {
          next++;
        }
        boolean number = next < numbers.size() && numbers.get(next).start < joined.end();
        if (!number && joined.end() - joined.start() <= LONGEST) {
          addIdentifier(joined.group(), joined.start(), found);
        }
      }
      found.sort((one, other) -> Integer.compare(one.start, other.start));
    }
    return found;
  }

  private static List<Compound> numbers(String text, Run run, NumberRules rules) {
    List<Compound> found = new ArrayList<>();
    Matcher numbers =
        NumberReadings.NUMBER
            .matcher(text)
            .region(run.start(), run.end())
            .useTransparentBounds(true);
    while (numbers.find()) {
      String written = numbers.group();
      int start = numbers.start();
      List<Piece> pieces = new ArrayList<>();
      boolean spaced = NumberReadings.isSpaced(written);
      for (String reading : NumberReadings.of(written, rules.decimalComma())) {
        if (!reading.equals(written)) {
          Role role = spaced ? Role.WHOLE : Role.ALIKE;
          pieces.add(new Piece(reading, true, role, start, numbers.end()));
        }
      }
      addVersion(written, start, pieces);
      if (!pieces.isEmpty()) {
        boolean grouped =
            spaced && (rules.groupingSpace() || NumberReadings.isHeldTogether(written));
        found.add(new Compound(start, numbers.end(), grouped, pieces));
      }
    }
    return found;
  }

  /** What a version begins with, from two parts on; a version's v is none. */
  private static boolean addVersion(String written, int start, List<Piece> pieces) {
    Matcher version = VERSION.matcher(written);
    if (!version.matches() || isDateOrAddress(version.group(1))) {
      return false;
    }
    String number = version.group(1);
    int offset = start + version.start(1);
    if (number.length() < written.length()) {
      pieces.add(new Piece(number, true, Role.ALIKE, start, start + written.length()));
    }
    int end = number.lastIndexOf('.');
    while (end > number.indexOf('.')) {
      // 1.25.0 is what 1.25 is.
      boolean same = end == number.length() - 2 && number.endsWith(".0");
      pieces.add(
          same
              ? new Piece(
                  number.substring(0, end), true, Role.ALIKE, start, start + written.length())
              : new Piece(number.substring(0, end), true, Role.PREFIX, offset, offset + end));
      end = number.lastIndexOf('.', end - 1);
    }
    return true;
  }

  private static boolean isDateOrAddress(String number) {
    List<String> parts = List.of(STOPS.split(number));
    boolean year = parts.getFirst().length() == 4 || parts.getLast().length() == 4;
    return parts.size() == 4 || (parts.size() == 3 && year);
  }

  private static void addIdentifier(String written, int start, List<Compound> found) {
    List<Piece> pieces = new ArrayList<>();
    if (!addVersion(written, start, pieces) && !addQuantity(written, start, pieces)) {
      addParts(written, start, pieces);
    }
    if (!pieces.isEmpty() && pieces.size() <= MOST_PIECES) {
      found.add(new Compound(start, start + written.length(), false, pieces));
    }
  }

  private static boolean addQuantity(String written, int start, List<Piece> pieces) {
    Matcher quantity = QUANTITY.matcher(written);
    if (!quantity.matches()) {
      return false;
    }
    int middle = start + quantity.end(1);
    pieces.add(new Piece(quantity.group(1), true, Role.PART, start, middle));
    pieces.add(new Piece(quantity.group(2), false, Role.PART, middle, start + written.length()));
    return true;
  }

  private static void addParts(String written, int start, List<Piece> pieces) {
    boolean separated = SEPARATOR.matcher(written).find();
    if (!separated) {
      addHumps(written, start, pieces);
      return;
    }
    if (OUTER.matcher(written).find() || written.indexOf('.') >= 0) {
      pieces.add(verbatim(written, Role.WHOLE, start));
    }
    for (Piece outer : split(written, start, OUTER)) {
      if (outer.text.indexOf('.') >= 0 && outer.text.length() < written.length()) {
        pieces.add(verbatim(outer.text, Role.PART, outer.start));
      }
      for (Piece segment : split(outer.text, outer.start, STOPS)) {
        addSegment(segment, segment.text.length() == written.length(), pieces);
      }
    }
  }

  private static void addSegment(Piece segment, boolean all, List<Piece> pieces) {
    List<Piece> words = split(segment.text, segment.start, DASHES);
    if (words.size() > 1) {
      // One word for load-balancer, load_balancer and loadBalancer.
      String together = DASHES.matcher(segment.text).replaceAll("");
      Role role = all ? Role.WHOLE : Role.PART;
      pieces.add(new Piece(lower(together), false, role, segment.start, segment.end));
    }
    for (Piece word : words) {
      if (word.text.length() > 1) {
        pieces.add(new Piece(lower(word.text), false, Role.PART, word.start, word.end));
      }
      addHumps(word.text, word.start, pieces);
    }
  }

  private static void addHumps(String word, int start, List<Piece> pieces) {
    List<Piece> humps = split(word, start, HUMP);
    if (humps.size() > 1) {
      humps.stream().filter(hump -> hump.text.length() > 1).forEach(pieces::add);
    }
  }

  private static List<Piece> split(String text, int start, Pattern at) {
    List<Piece> parts = new ArrayList<>();
    Matcher separators = at.matcher(text);
    int from = 0;
    while (separators.find()) {
      addPart(text, from, separators.start(), start, parts);
      from = separators.end();
    }
    addPart(text, from, text.length(), start, parts);
    return parts;
  }

  private static void addPart(String text, int from, int to, int start, List<Piece> parts) {
    if (to > from) {
      String part = text.substring(from, to);
      parts.add(new Piece(part, false, Role.PART, start + from, start + to));
    }
  }

  private static Piece verbatim(String text, Role role, int start) {
    return new Piece(lower(text), true, role, start, start + text.length());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
