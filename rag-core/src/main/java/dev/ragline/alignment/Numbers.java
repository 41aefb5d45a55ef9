package dev.ragline.alignment;

import dev.ragline.analysis.Characters;
import dev.ragline.analysis.NumberReadings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The numbers of a text, whatever their digits and however they are grouped. */
final class Numbers {
  private Numbers() {}

  /** Each different one with its readings: {@code 1,000} and {@code 1000} have one in common. */
  static List<Set<String>> of(String text) {
    return NumberReadings.each(Characters.plain(text)).stream().distinct().toList();
  }

  /** All readings of some numbers. */
  static Set<String> readings(List<Set<String>> numbers) {
    return numbers.stream().flatMap(Set::stream).collect(Collectors.toSet());
  }
}
