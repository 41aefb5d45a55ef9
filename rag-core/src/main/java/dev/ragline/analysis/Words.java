package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the words that a document's text is searched by: without case, stop words and endings, by
 * Lucene's rules for the language. The script decides first: Russian words in an English text
 * follow the rules of Russian.
 */
public final class Words {
  private Words() {}

  /** The words of a text in order, those that come again too; none has a space in it. */
  public static List<String> of(String text, Language language) {
    String narrow = narrow(text);
    boolean japanese = isJapanese(narrow, language);
    List<String> words = new ArrayList<>();
    for (Run run : Run.of(narrow, japanese)) {
      Language rules = Scripts.rules(run.script(), language);
      Token.scan(narrow, run, Analyzers.of(rules), token -> words.add(token.word()));
    }
    return words;
  }

  /** Whether the Han characters of a text in a language are Japanese. */
  private static boolean isJapanese(String text, Language language) {
    return language.equals(Language.JAPANESE)
        || (!language.equals(Language.CHINESE) && Run.hasKana(text));
  }

  /** The same text, char by char, with Latin letters and digits as wide as they usually are. */
  static String narrow(String text) {
    if (text.chars().noneMatch(Words::isWide)) {
      return text;
    }
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (isWide(chars[i])) {
        chars[i] = chars[i] == '\u3000' ? ' ' : (char) (chars[i] - '\uFF01' + '!');
      }
    }
    return new String(chars);
  }

  private static boolean isWide(int c) {
    return (c >= '\uFF01' && c <= '\uFF5E') || c == '\u3000';
  }
}
