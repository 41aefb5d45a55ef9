package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which languages are written in which scripts. */
final class Scripts {
  /** Japanese is written in three scripts at once; all of them together go by this one. */
  static final UnicodeScript JAPANESE = UnicodeScript.KATAKANA;

  /** The scripts of languages that have another one than the Latin. */
  private static final Map<String, Set<UnicodeScript>> HOMES =
      Map.ofEntries(
          home(UnicodeScript.ARABIC, "ar"),
          home(UnicodeScript.CYRILLIC, "be"),
          home(UnicodeScript.CYRILLIC, "bg"),
          home(UnicodeScript.BENGALI, "bn"),
          home(UnicodeScript.ARABIC, "ckb"),
          home(UnicodeScript.GREEK, "el"),
          home(UnicodeScript.ARABIC, "fa"),
          home(UnicodeScript.GUJARATI, "gu"),
          home(UnicodeScript.HEBREW, "he"),
          home(UnicodeScript.DEVANAGARI, "hi"),
          home(UnicodeScript.ARMENIAN, "hy"),
          Map.entry("ja", Set.of(JAPANESE, UnicodeScript.HAN)),
          home(UnicodeScript.GEORGIAN, "ka"),
          home(UnicodeScript.CYRILLIC, "kk"),
          home(UnicodeScript.KHMER, "km"),
          home(UnicodeScript.KANNADA, "kn"),
          home(UnicodeScript.HANGUL, "ko"),
          home(UnicodeScript.CYRILLIC, "ky"),
          home(UnicodeScript.LAO, "lo"),
          home(UnicodeScript.CYRILLIC, "mk"),
          home(UnicodeScript.MALAYALAM, "ml"),
          home(UnicodeScript.CYRILLIC, "mn"),
          home(UnicodeScript.DEVANAGARI, "mr"),
          home(UnicodeScript.MYANMAR, "my"),
          home(UnicodeScript.DEVANAGARI, "ne"),
          home(UnicodeScript.GURMUKHI, "pa"),
          home(UnicodeScript.CYRILLIC, "ru"),
          home(UnicodeScript.SINHALA, "si"),
          Map.entry("sr", Set.of(UnicodeScript.CYRILLIC, UnicodeScript.LATIN)),
          home(UnicodeScript.TAMIL, "ta"),
          home(UnicodeScript.TELUGU, "te"),
          home(UnicodeScript.THAI, "th"),
          home(UnicodeScript.CYRILLIC, "uk"),
          Map.entry("und", Set.of()),
          home(UnicodeScript.ARABIC, "ur"),
          home(UnicodeScript.HAN, "zh"));

  private static final Set<UnicodeScript> LATIN = Set.of(UnicodeScript.LATIN);

  /** Whose language a script's words are taken for where nothing else is known. */
  private static final Map<UnicodeScript, Language> USUAL = usual();

  private Scripts() {}

  private static Map.Entry<String, Set<UnicodeScript>> home(UnicodeScript script, String tag) {
    return Map.entry(tag, Set.of(script));
  }

  private static Map<UnicodeScript, Language> usual() {
    Map<UnicodeScript, Language> usual = new HashMap<>();
    HOMES.forEach((tag, homes) -> homes.forEach(home -> usual.put(home, new Language(tag))));
    // Of scripts that several languages share, the most read one.
    usual.put(UnicodeScript.LATIN, Language.ENGLISH);
    usual.put(UnicodeScript.CYRILLIC, new Language("ru"));
    usual.put(UnicodeScript.ARABIC, new Language("ar"));
    usual.put(UnicodeScript.DEVANAGARI, new Language("hi"));
    usual.put(UnicodeScript.HAN, Language.CHINESE);
    return Map.copyOf(usual);
  }

  /** The scripts that a language is written in. */
  static Set<UnicodeScript> of(Language language) {
    return HOMES.getOrDefault(language.tag(), LATIN);
  }

  /** The language whose rules hold for a script's words in a text of another language. */
  static Language usual(UnicodeScript script) {
    return USUAL.getOrDefault(script, Language.UNDETERMINED);
  }

  /** The language whose rules hold for words of a script in a text of a language. */
  static Language rules(UnicodeScript script, Language text) {
    return of(text).contains(script) ? text : usual(script);
  }

  /**
   * A character's script, where it has one of its own: what several share, such as digits, has
   * none.
   */
  static UnicodeScript of(int codePoint) {
    UnicodeScript script = UnicodeScript.of(codePoint);
    return switch (script) {
      case HIRAGANA -> JAPANESE;
      case BOPOMOFO -> UnicodeScript.HAN;
      case INHERITED, UNKNOWN -> UnicodeScript.COMMON;
      default -> script;
    };
  }

  /** Whether words of a script stand next to each other without a space. */
  static boolean isUnspaced(UnicodeScript script) {
    return switch (script) {
      case HAN, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }
}
