package dev.ragline.store;

import dev.ragline.document.Chunk;
import dev.ragline.document.reading.Reading;
import java.util.List;

/** What a chunk is found by when it is searched by words. */
public final class SearchText {
  private SearchText() {}

  /**
   * What a reader sees of the text, below those of its headings that it does not repeat itself; the
   * text as it stands where nobody knows what a reader sees.
   */
  public static String of(Chunk chunk) {
    Reading reading = chunk.reading();
    return of(chunk.headingPath(), reading == null ? chunk.text() : reading.text());
  }

  /** A text below those of its headings that it does not repeat itself. */
  public static String of(List<String> headingPath, String text) {
    StringBuilder words = new StringBuilder();
    for (String heading : headingPath) {
      if (!text.contains(heading)) {
        words.append(heading).append('\n');
      }
    }
    return words.append(text).toString();
  }
}
