package dev.ragline.store.lucene;

import dev.ragline.analysis.TextWord;
import java.util.List;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Words that are there already, as Lucene takes them. */
final class WordStream extends TokenStream {
  /** Stands before a word of its own, and before one that stands where another one stands. */
  private static final char OWN = ' ';

  private static final char ALSO = '\n';

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute place = addAttribute(PositionIncrementAttribute.class);

  /** All in one, as most of them are a few letters. */
  private final String words;

  private int next;

  WordStream(List<TextWord> words) {
    StringBuilder all = new StringBuilder();
    for (TextWord word : words) {
      all.append(word.also() && !all.isEmpty() ? ALSO : OWN).append(word.word());
    }
    this.words = all.toString();
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
    // A text is as long as it has words of its own.
    place.setPositionIncrement(words.charAt(next) == ALSO ? 0 : 1);
    int end = next + 1;
    while (end < words.length() && words.charAt(end) != OWN && words.charAt(end) != ALSO) {
      end++;
    }
    term.append(words, next + 1, end);
    next = end;
    return true;
  }
}
