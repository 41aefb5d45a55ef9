package dev.ragline.answering.extractive;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs in a sentence of what it may answer with: numbers, dates and names that the question does
 * not have itself.
 *
 * @param number whether it has a number, in digits or as a word
 * @param digits whether it has one in digits
 * @param date whether it has a year or a month
 * @param names 0…1, how many words within it begin with a capital letter; 1 from three on
 */
record Signs(boolean number, boolean digits, boolean date, double names) {
  private static final int MANY_NAMES = 3;

  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}[\\p{Nd}.,]*");
  private static final Pattern YEAR =
      Pattern.compile("(?<!\\p{Nd})(?:1\\d{3}|20\\d{2})(?!\\p{Nd})");
  private static final Pattern NUMERAL =
      Pattern.compile(
          "\\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred"
              + "|thousand|million|billion|first|second|third|half|twice|several)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MONTH =
      Pattern.compile(
          "\\b(?:January|February|March|April|May|June|July|August|September|October|November"
              + "|December)\\b|[年月]|(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр"
              + "|декабр)\\p{L}*|\\b(?:Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|gennaio"
              + "|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre"
              + "|dicembre)\\b|[년월]");
  private static final Pattern NAME = Pattern.compile("(?<!\\p{L})\\p{Lu}[\\p{L}\\p{Nd}'’-]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{Nd}]+");

  /** The signs of one sentence after the other for a question. */
  static final class Finder {
    private final String question;
    private final Set<String> words;

    Finder(String question) {
      this.question = question;
      this.words =
          WORD.matcher(question.toLowerCase(Locale.ROOT))
              .results()
              .map(result -> result.group())
              .collect(Collectors.toSet());
    }

    Signs in(String sentence) {
      boolean digits = hasNew(NUMBER, sentence);
      boolean number = digits || NUMERAL.matcher(sentence).find();
      boolean date = hasNew(YEAR, sentence) || MONTH.matcher(sentence).find();
      int names = 0;
      Matcher name = NAME.matcher(sentence);
      while (name.find() && names < MANY_NAMES) {
        names += words.contains(name.group().toLowerCase(Locale.ROOT)) ? 0 : 1;
      }
      return new Signs(number, digits, date, names / (double) MANY_NAMES);
    }

    private boolean hasNew(Pattern pattern, String sentence) {
      return pattern.matcher(sentence).results().anyMatch(r -> !question.contains(r.group()));
    }
  }
}
