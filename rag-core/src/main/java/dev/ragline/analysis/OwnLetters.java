package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Letters that one language has and no other of its script: a word with one of them is of that
 * language, however many names and titles of others stand around it.
 */
final class OwnLetters {
  /** Horns, hooks and dots below, which text in NFD has by themselves, and what has them in NFC. */
  private static final String VIETNAMESE =
      "\u01A0\u01A1\u01AF\u01B0\u0309\u031B\u0323" + range('\u1EA0', '\u1EF9');

  private static final String KURDISH = "\u0695\u06B5\u06C6\u06CE";

  private static final String URDU = "\u0679\u0688\u0691\u06BA\u06D2";

  private static final Map<Character, Language> LANGUAGES =
      languages(Map.of("vi", VIETNAMESE, "ckb", KURDISH, "ur", URDU));

  private OwnLetters() {}

  private static String range(char first, char last) {
    StringBuilder letters = new StringBuilder();
    for (char letter = first; letter <= last; letter++) {
      letters.append(letter);
    }
    return letters.toString();
  }

  private static Map<Character, Language> languages(Map<String, String> letters) {
    Map<Character, Language> languages = new HashMap<>();
    letters.forEach(
        (tag, all) -> all.chars().forEach(c -> languages.put((char) c, new Language(tag))));
    return Map.copyOf(languages);
  }

  /** The language that a word's letters give away. */
  private static Optional<Language> of(String text, Token token) {
    return text.substring(token.start(), token.end())
        .chars()
        .mapToObj(c -> Optional.ofNullable(LANGUAGES.get((char) c)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** How many of the words in some parts of a text have a letter of each language's own. */
  static Map<Language, Integer> count(String text, List<Run> runs) {
    Map<Language, Integer> counts = new HashMap<>();
    for (Run run : runs) {
      StopWords.scan(
          text,
          run,
          token -> of(text, token).ifPresent(language -> counts.merge(language, 1, Integer::sum)));
    }
    return counts;
  }
}
