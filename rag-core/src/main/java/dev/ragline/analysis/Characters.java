package dev.ragline.analysis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.lang.Character.UnicodeScript;
import java.util.Set;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/**
 * Characters that look alike are alike: text in the form in which it is analysed and compared.
 * After Unicode's UAX #15, but more careful than NFKC, which makes 105 of 10⁵.
 */
public final class Characters {
  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

  /** Below it there is nothing to change but the soft hyphen. */
  private static final char FIRST_MARK = '\u0132';

  private static final char SOFT_HYPHEN = '\u00AD';

  /** What parts words in scripts that put no spaces between them. */
  private static final int ZERO_WIDTH_SPACE = 0x200B;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final Set<UnicodeScript> FOLDED =
      Set.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.ARMENIAN,
          UnicodeScript.HEBREW,
          UnicodeScript.ARABIC,
          UnicodeScript.COMMON);

  private Characters() {}

  /**
   * A text with composed characters (NFC), letters in place of ligatures and presentation forms,
   * and without what nobody sees, such as soft hyphens, joiners and marks of direction.
   */
  public static String plain(String text) {
    if (text.chars().noneMatch(c -> c >= FIRST_MARK || c == SOFT_HYPHEN)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int before = ' ';
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c < FIRST_MARK && c != SOFT_HYPHEN) {
        plain.append((char) c);
      } else if (!isUnseen(c, before)) {
        append(c, plain);
      }
      before = c;
    }
    return withoutStress(NFC.normalize(plain));
  }

  private static boolean isUnseen(int c, int before) {
    if (c == ZERO_WIDTH_SPACE
        || !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
      return false;
    }
    // Persian writes endings behind it, and the rules of Persian part words at it.
    return c != ZERO_WIDTH_NON_JOINER || UnicodeScript.of(before) != UnicodeScript.ARABIC;
  }

  private static void append(int c, StringBuilder plain) {
    if (isForm(c)) {
      plain.append(NFKC.normalize(Character.toString(c)));
    } else {
      plain.appendCodePoint(c);
    }
  }

  /** Whether a character is a form, or several, of letters or digits that have characters. */
  private static boolean isForm(int c) {
    if (!FOLDED.contains(UnicodeScript.of(c))) {
      return false;
    }
    boolean number = Character.getType(c) == Character.LETTER_NUMBER;
    return switch (UCharacter.getIntPropertyValue(c, UProperty.DECOMPOSITION_TYPE)) {
      case UCharacter.DecompositionType.COMPAT -> Character.isLetter(c) || number;
      case UCharacter.DecompositionType.FONT,
          UCharacter.DecompositionType.INITIAL,
          UCharacter.DecompositionType.MEDIAL,
          UCharacter.DecompositionType.FINAL,
          UCharacter.DecompositionType.ISOLATED,
          UCharacter.DecompositionType.SUB ->
          Character.isLetterOrDigit(c) || isSubscript(c);
      default -> false;
    };
  }

  private static boolean isSubscript(int c) {
    return c >= 0x2080 && c <= 0x2089;
  }

  /** Dictionaries of languages with Cyrillic letters mark the stress, nobody else does. */
  private static String withoutStress(String text) {
    if (text.indexOf('\u0301') < 0 && text.indexOf('\u0300') < 0) {
      return text;
    }
    StringBuilder without = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean stress =
          (c == '\u0301' || c == '\u0300')
              && i > 0
              && UnicodeScript.of(text.charAt(i - 1)) == UnicodeScript.CYRILLIC;
      if (!stress) {
        without.append(c);
      }
    }
    return without.toString();
  }

  /** Whether a text has Latin letters beside those of ASCII. */
  public static boolean hasDiacritics(String text) {
    return text.chars().anyMatch(c -> c > 0x7F && UnicodeScript.of(c) == UnicodeScript.LATIN);
  }

  /** A text with letters of ASCII in place of all other Latin ones: zurich for zürich. */
  public static String withoutDiacritics(String text) {
    if (!hasDiacritics(text)) {
      return text;
    }
    char[] folded = new char[4 * text.length()];
    int length = ASCIIFoldingFilter.foldToASCII(text.toCharArray(), 0, folded, 0, text.length());
    return new String(folded, 0, length);
  }
}
