package dev.ragline.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * A word in its common form.
 *
 * @param start the first char that it stands for
 * @param end one past the last
 */
record Token(int start, int end, String word) {
  /** Hands out the words of a part of a text, by some rules. */
  static void scan(String text, Run run, Analyzer rules, Consumer<Token> taker) {
    String part = text.substring(run.start(), run.end());
    try (TokenStream tokens = rules.tokenStream("words", part)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      OffsetAttribute place = tokens.addAttribute(OffsetAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        int start = run.start() + place.startOffset();
        Token token = new Token(start, run.start() + place.endOffset(), word.toString());
        if (token.word.chars().noneMatch(Character::isWhitespace) && !token.word.isEmpty()) {
          taker.accept(token);
        }
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a string in memory can always be read", e);
    }
  }
}
