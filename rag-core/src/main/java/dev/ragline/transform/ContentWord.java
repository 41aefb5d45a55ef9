package dev.ragline.transform;

import dev.ragline.analysis.Words;
import dev.ragline.document.Language;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A word of a text that carries content.
 *
 * @param text as it is written
 * @param stem the same in its common form
 * @param name whether it is written like a name: with a capital letter inside a sentence, or with a
 *     digit
 */
record ContentWord(String text, String stem, boolean name) {
  private static final Pattern POSSESSIVE = Pattern.compile("['’]s?$");

  /** What ends a sentence, so that a capital letter behind it says nothing. */
  private static final String ENDS = ".!?:;\n。？！؟।…\"“«(";

  /** The words of a text in a language, in order, those that come again too. */
  static List<ContentWord> of(String text, Language language) {
    List<ContentWord> words = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
    breaks.setText(text);
    boolean begins = true;
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      String token = text.substring(start, end);
      if (token.codePoints().anyMatch(Character::isLetterOrDigit)) {
        String bare = POSSESSIVE.matcher(token).replaceFirst("");
        for (String part : Anaphora.betweenFunctionSigns(bare)) {
          String stem = String.join(" ", Words.shared(part, language));
          if (!stem.isEmpty() && !Anaphora.isFunction(part)) {
            words.add(new ContentWord(part, stem, isName(part, begins)));
          }
        }
        begins = false;
      } else if (token.chars().anyMatch(c -> ENDS.indexOf(c) >= 0)) {
        begins = true;
      }
    }
    return words;
  }

  private static boolean isName(String word, boolean begins) {
    if (word.codePoints().anyMatch(Character::isDigit)) {
      return true;
    }
    return word.codePoints().skip(begins ? 1 : 0).anyMatch(Character::isUpperCase);
  }
}
