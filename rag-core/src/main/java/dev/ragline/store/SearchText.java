package dev.ragline.store;

import dev.ragline.document.Chunk;

/** What a chunk is found by when it is searched by words. */
public final class SearchText {
  private SearchText() {}

  /** The text, below those of its headings that it does not repeat itself. */
  public static String of(Chunk chunk) {
    StringBuilder words = new StringBuilder();
    for (String heading : chunk.headingPath()) {
      if (!chunk.text().contains(heading)) {
        words.append(heading).append('\n');
      }
    }
    return words.append(chunk.text()).toString();
  }
}
