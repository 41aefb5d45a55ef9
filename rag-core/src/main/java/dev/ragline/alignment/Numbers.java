package dev.ragline.alignment;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The numbers of a text, whatever their digits and however they are grouped. */
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+(?:[.,:'’\u00A0\u202F]\\p{Nd}+)*");

  private Numbers() {}

  /** Each as its digits alone: {@code 1,000} and {@code 1.000} and {@code 1000} are one. */
  static Set<String> of(String text) {
    return NUMBER.matcher(text).results().map(Numbers::digits).collect(Collectors.toSet());
  }

  private static String digits(MatchResult number) {
    StringBuilder digits = new StringBuilder();
    number
        .group()
        .codePoints()
        .filter(Character::isDigit)
        .forEach(c -> digits.append(Character.digit(c, 10)));
    return digits.toString();
  }
}
