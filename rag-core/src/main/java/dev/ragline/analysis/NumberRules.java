package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.Set;

/**
 * How numbers are written in a language, after CLDR.
 *
 * @param decimalComma whether a fraction may stand behind a comma
 * @param groupingSpace whether a space between three digits and three groups them
 */
record NumberRules(boolean decimalComma, boolean groupingSpace) {
  private static final Set<String> DECIMAL_STOP =
      Set.of(
          "en", "zh", "ja", "ko", "th", "hi", "bn", "gu", "pa", "ta", "te", "kn", "ml", "mr", "ne",
          "si", "he", "ur", "ms", "ga", "my", "km", "ar");

  private static final Set<String> GROUPING_SPACE =
      Set.of(
          "fr", "ru", "uk", "be", "bg", "pl", "cs", "sk", "sv", "no", "fi", "hu", "et", "lv", "lt",
          "kk", "ky", "hy", "ka");

  static NumberRules of(Language language) {
    return new NumberRules(
        !DECIMAL_STOP.contains(language.tag()), GROUPING_SPACE.contains(language.tag()));
  }
}
