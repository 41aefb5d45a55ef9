package dev.ragline.parsing;

import java.util.List;

/**
 * A part of a document that is too large to be read at once.
 *
 * @param document the part's text and blocks; places are counted from its beginning
 * @param above what was said before each block
 * @param after what was said by the part's end
 */
public record ParsedWindow(ParsedDocument document, List<Outline> above, Outline after) {
  public ParsedWindow {
    above = List.copyOf(above);
  }
}
