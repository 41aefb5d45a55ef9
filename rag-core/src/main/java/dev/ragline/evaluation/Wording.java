package dev.ragline.evaluation;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Compares texts as people read them, not byte by byte. */
final class Wording {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private Wording() {}

  /** The text with every run of white space as one space, and in one Unicode form. */
  static String normalized(String text) {
    String one = Normalizer.normalize(text, Normalizer.Form.NFC);
    return BLANKS.matcher(one).replaceAll(" ").strip();
  }

  /** Whether a text contains one of the answers, up to case and white space. */
  static boolean containsAny(String text, List<String> answers) {
    String folded = folded(text);
    return answers.stream().anyMatch(answer -> folded.contains(folded(answer)));
  }

  private static String folded(String text) {
    return normalized(text).toLowerCase(Locale.ROOT);
  }
}
