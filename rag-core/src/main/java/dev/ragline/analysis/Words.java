package dev.ragline.analysis;

import dev.ragline.analysis.Compound.Role;
import dev.ragline.document.Language;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words that a document's text is searched by: without case, stop words and endings, by
 * Lucene's rules for the language. The script decides first: Russian words in an English text
 * follow the rules of Russian.
 */
public final class Words {
  private Words() {}

  /** The words of a text, those that come again too; none has a space in it. */
  public static List<String> of(String text, Language language) {
    return each(text, language).stream().map(TextWord::word).toList();
  }

  /**
   * The same words, and which of them stand where another one stands. Beside the words as Lucene's
   * rules give them are: those without diacritics, numbers without their groups, identifiers as one
   * word and by their parts.
   */
  public static List<TextWord> each(String text, Language language) {
    String plain = narrow(Characters.plain(text));
    List<TextWord> words = new ArrayList<>();
    for (Run run : Run.of(plain, isJapanese(plain, language))) {
      add(Terms.of(plain, run, Scripts.rules(run.script(), language)), words);
    }
    return words;
  }

  private static void add(Terms terms, List<TextWord> words) {
    for (Token token : terms.usual()) {
      Terms.Group group = terms.groupOf(token);
      if (group == null || !group.compound().grouped()) {
        words.add(new TextWord(token.word(), false));
        terms.withoutDiacritics(token).forEach(word -> words.add(new TextWord(word, true)));
      }
    }
    for (Terms.Group group : terms.groups()) {
      boolean grouped = group.compound().grouped();
      group.parts().stream()
          .map(part -> part.token().word())
          .distinct()
          .filter(word -> grouped || !group.hasUsual(word))
          .forEach(word -> words.add(new TextWord(word, !grouped)));
    }
  }

  /**
   * The words of a text, each once, in the form that all ways to write it share: for comparing one
   * text with the words {@link #of} another.
   */
  public static List<String> shared(String text, Language language) {
    String plain = narrow(Characters.plain(text));
    List<String> words = new ArrayList<>();
    for (Run run : Run.of(plain, isJapanese(plain, language))) {
      Terms terms = Terms.of(plain, run, Scripts.rules(run.script(), language));
      Set<Terms.Group> done = new HashSet<>();
      for (Token token : terms.usual()) {
        Terms.Group group = terms.groupOf(token);
        String number = group == null ? null : number(group);
        if (number == null) {
          words.add(terms.withoutDiacritics(token).stream().findFirst().orElse(token.word()));
        } else if (done.add(group)) {
          words.add(number);
        }
      }
    }
    return words;
  }

  /** The likeliest other way to write all of a number. */
  private static @Nullable String number(Terms.Group group) {
    for (Terms.Part part : group.parts()) {
      if (part.role() == Role.ALIKE || (part.role() == Role.WHOLE && group.isParted())) {
        return part.token().word();
      }
    }
    return null;
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
