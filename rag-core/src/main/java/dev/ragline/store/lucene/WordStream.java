package dev.ragline.store.lucene;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Words that are there already, with a space after each but the last, as Lucene takes them. */
final class WordStream extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final String words;
  private int next;

  WordStream(String words) {
    this.words = words;
  }

  @Override
  public void reset() {
    // A batch that failed is written again.
    next = 0;
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (next >= words.length()) {
      return false;
    }
    int space = words.indexOf(' ', next);
    int end = space < 0 ? words.length() : space;
    term.append(words, next, end);
    next = end + 1;
    return true;
  }
}
