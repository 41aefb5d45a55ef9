package dev.ragline.answering;

import dev.ragline.analysis.Characters;
import dev.ragline.analysis.NumberReadings;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text, for comparing wordings: runs of letters and digits, without case and
 * diacritics, numbers without their groups; scripts that put no space between words give a word per
 * character.
 */
public final class Words {
  /** English words that carry no content; other languages keep all of theirs. */
  private static final Set<String> STOP_WORDS =
      Set.of(
          """
          a about all also am an and any are as at be because been being but by can could did do does
          doing for from had has have having he her here his how i if in into is it its itself just me
          more most my no nor not of on only or other our over own same she should so some such than
          that the their them then there these they this those through to too under until up very was
          we were what when where which while who whom why will with would you your
          """
              .strip()
              .split("\\s+"));

  private static final Set<UnicodeScript> UNSPACED =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Words() {}

  /** All words, in order. */
  public static List<String> all(String text) {
    String joined = NumberReadings.joinedIn(Characters.plain(text));
    String folded = Normalizer.normalize(joined, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    folded
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(
            c -> {
              boolean unspaced = Character.isLetter(c) && UNSPACED.contains(UnicodeScript.of(c));
              if (unspaced || !isPartOfWord(c)) {
                end(word, words);
              }
              if (unspaced) {
                words.add(Character.toString(c));
              } else if (isPartOfWord(c)) {
                word.appendCodePoint(c);
              }
            });
    end(word, words);
    return words;
  }

  /** The different words that carry content, in order; all words where none does. */
  public static Set<String> content(String text) {
    List<String> all = all(text);
    Set<String> content = new LinkedHashSet<>(all);
    content.removeAll(STOP_WORDS);
    return content.isEmpty() ? new LinkedHashSet<>(all) : content;
  }

  /** The share, 0…1, of {@code claim}'s words that are among {@code quote}'s; 0 without words. */
  public static double support(Set<String> claim, Set<String> quote) {
    if (claim.isEmpty()) {
      return 0;
    }
    return claim.stream().filter(quote::contains).count() / (double) claim.size();
  }

  private static boolean isPartOfWord(int c) {
    return Character.isLetterOrDigit(c) || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
