package dev.ragline.store;

import dev.ragline.document.Chunk;
import dev.ragline.document.reading.Reading;

/** What a chunk is found by when it is searched by words. */
public final class SearchText {
  private SearchText() {}

  /**
   * What a reader sees of the text, below those of its headings that it does not repeat itself and
   * below what announces it; the text as it stands where nobody knows what a reader sees.
   */
  public static String of(Chunk chunk) {
    Reading reading = chunk.reading();
    return of(chunk, reading == null ? chunk.text() : reading.text());
  }

  /** A chunk's text in the form given, below its headings and what announces it. */
  public static String of(Chunk chunk, String text) {
    StringBuilder words = new StringBuilder();
    for (String heading : chunk.headingPath()) {
      if (!text.contains(heading)) {
        words.append(heading).append('\n');
      }
    }
    chunk.leadIns().forEach(leadIn -> words.append(leadIn.text()).append('\n'));
    return words.append(text).toString();
  }
}
