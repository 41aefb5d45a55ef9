package dev.ragline.evaluation;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Compares texts as people read them, not byte by byte. */
final class Wording {
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private static final Pattern ATTRIBUTE = Pattern.compile("\\{[#.:][^{}]*\\}\\s*$");
  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

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

  /** A heading's words, so that marks, punctuation and an attribute at its end do not count. */
  static String heading(String heading) {
    String text = ATTRIBUTE.matcher(heading).replaceFirst("");
    String words = OTHERS.matcher(folded(text)).replaceAll(" ").strip();
    return words.isEmpty() ? folded(heading) : words;
  }

  private static String folded(String text) {
    return normalized(text).toLowerCase(Locale.ROOT);
  }
}
