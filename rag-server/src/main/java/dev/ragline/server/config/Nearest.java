package dev.ragline.server.config;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who mistyped a name. */
final class Nearest {
  private Nearest() {}

  /** The candidate with the fewest letters that differ; of several the first by name. */
  static String of(Collection<String> candidates, String name) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return candidates.stream()
        .min(
            Comparator.comparingInt((String candidate) -> distance.apply(candidate, name))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }
}
