package dev.ragline.parsing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document has said of itself up to a place, so that it can be read on from there.
 *
 * @param begun whether the place is behind the document's beginning
 * @param headings the text of the last heading of each level, from the first on; empty where none
 *     is above the place
 * @param named the title in the front matter
 * @param firstHeading of any level
 * @param firstTopHeading the first heading of the first level
 */
public record Outline(
    boolean begun,
    List<String> headings,
    @Nullable String named,
    @Nullable String firstHeading,
    @Nullable String firstTopHeading) {
  /** Of a document that nothing was read of. */
  public static final Outline NONE = new Outline(false, List.of(), null, null, null);

  public Outline {
    headings = List.copyOf(headings);
  }

  /** What the document calls itself as far as it was read. */
  public @Nullable String title() {
    if (named != null) {
      return named;
    }
    return firstTopHeading != null ? firstTopHeading : firstHeading;
  }

  /** Whether nothing that follows can change the title. */
  public boolean isTitleKnown() {
    return named != null || firstTopHeading != null;
  }
}
