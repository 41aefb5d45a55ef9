package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.Locale;
import java.util.Set;

/** Those of {@link SentenceRules#FIRST}, for what was kept by them. */
final class FirstFullStops implements FullStops {
  private static final Set<String> ABBREVIATIONS =
      Set.of("e.g", "i.e", "vs", "cf", "dr", "mr", "mrs", "ms", "prof", "st");
  private static final Set<String> BEFORE_NUMBERS =
      Set.of("no", "nr", "fig", "figs", "eq", "sec", "ch", "vol", "p", "pp", "ca", "approx");
  private static final int LONGEST_ABBREVIATION = 6;

  private final String text;

  FirstFullStops(String text) {
    this.text = text;
  }

  @Override
  public boolean goesOn(int start, int mark, int end) {
    int at = FullStops.following(text, end);
    char following = at < text.length() ? text.charAt(at) : ' ';
    if (Character.isLowerCase(following)) {
      return true;
    }
    int from = mark;
    int limit = Math.max(start, mark - LONGEST_ABBREVIATION - 1);
    while (from > limit && isWordPart(text.charAt(from - 1))) {
      from--;
    }
    String word = text.substring(from, mark);
    String lower = word.toLowerCase(Locale.ROOT);
    boolean isInitial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    boolean isOrdinal =
        !word.isEmpty()
            && word.chars().allMatch(Character::isDigit)
            && Blanks.isBlank(text, new TextSpan(start, from));
    return isInitial
        || isOrdinal
        || ABBREVIATIONS.contains(lower)
        || (Character.isDigit(following) && BEFORE_NUMBERS.contains(lower));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }
}
