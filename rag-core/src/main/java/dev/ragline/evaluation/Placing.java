package dev.ragline.evaluation;

import dev.ragline.retrieval.Passage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in one ranking stands what a question expects, and where a part of it.
 *
 * @param whole by all that is set; null where nothing is expected
 * @param document by the documents alone; null where no more than documents is expected, or none
 * @param section by documents and sections; null where no section is expected
 */
record Placing(@Nullable Ranks whole, @Nullable Ranks document, @Nullable Ranks section) {
  static Placing of(List<Expected> expected, List<Passage> ranking) {
    List<Expected> narrower =
        expected.stream()
            .filter(place -> place.document() != null)
            .filter(place -> !place.section().isEmpty() || !place.text().isEmpty())
            .toList();
    List<Expected> sections =
        expected.stream().filter(place -> !place.section().isEmpty()).toList();
    return new Placing(
        expected.isEmpty() ? null : Ranks.of(expected, ranking),
        narrower.isEmpty()
            ? null
            : Ranks.of(withDocument(expected), ranking, Expected::fitsDocument),
        sections.isEmpty() ? null : Ranks.of(sections, ranking, Expected::fitsSection));
  }

  private static List<Expected> withDocument(List<Expected> expected) {
    return expected.stream().filter(place -> place.document() != null).toList();
  }

  /** The rank of the first right passage; 0 where none was found or none was expected. */
  int first() {
    return whole == null ? 0 : whole.first();
  }
}
