package dev.ragline.answering;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Sha256;
import dev.ragline.parsing.PlainText;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.SourceText;
import dev.ragline.parsing.TextSpan;
import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A passage made ready to be quoted: its sentences and their words. */
public final class QuotablePassage {
  /** By how much a second sentence must raise the support to be quoted too. */
  private static final double CLEARLY = 0.15;

  private final Passage passage;
  private final SourceText source;
  private final List<TextSpan> sentences = new ArrayList<>();
  private final List<Set<String>> words = new ArrayList<>();
  private final Set<String> allWords;

  /**
   * A piece of the passage, and how well it supports a claim.
   *
   * @param span chars of the chunk's text
   * @param support the share, 0…1, of the claim's words that stand in it
   */
  public record Quote(TextSpan span, double support) {}

  public QuotablePassage(Passage passage) {
    this.passage = passage;
    String text = passage.chunk().text();
    this.source = SourceText.of(text);
    this.allWords = wordsOf(text);
    for (TextSpan span : Sentences.in(text)) {
      Set<String> sentenceWords = wordsOf(span.of(text));
      if (!sentenceWords.isEmpty()) {
        sentences.add(stripped(span, text));
        words.add(sentenceWords);
      }
    }
  }

  /**
   * The sentence that shares most words with a claim, with a neighbour where that supports the
   * claim clearly better; the whole chunk where no sentence shares any. Of equally good sentences
   * the one with fewer words is taken, then the first.
   */
  public Quote bestFor(Set<String> claim) {
    int best = -1;
    double support = 0;
    for (int i = 0; i < sentences.size(); i++) {
      double other = Words.support(claim, words.get(i));
      boolean shorter = best >= 0 && words.get(i).size() < words.get(best).size();
      if (other > support || (other == support && other > 0 && shorter)) {
        best = i;
        support = other;
      }
    }
    if (best < 0) {
      return new Quote(new TextSpan(0, source.text().length()), Words.support(claim, allWords));
    }
    Quote single = new Quote(sentences.get(best), support);
    Quote before = best == 0 ? single : pair(claim, best - 1);
    Quote after = best + 1 == sentences.size() ? single : pair(claim, best);
    Quote pair = after.support() > before.support() ? after : before;
    return pair.support() >= support + CLEARLY ? pair : single;
  }

  /**
   * A citation of this passage.
   *
   * @param claim bytes of the answer
   */
  public Citation cite(ByteRange claim, Quote quote) {
    TextSpan span = quote.span();
    ByteRange range = source.bytes(span.start(), span.end()).shift(passage.chunk().range().start());
    Sha256 digest = Sha256.of(span.of(source.text()));
    return new Citation(claim, passage, range, digest, quote.support());
  }

  private Quote pair(Set<String> claim, int first) {
    Set<String> both = new HashSet<>(words.get(first));
    both.addAll(words.get(first + 1));
    TextSpan span = new TextSpan(sentences.get(first).start(), sentences.get(first + 1).end());
    return new Quote(span, Words.support(claim, both));
  }

  private static Set<String> wordsOf(String markdown) {
    return new HashSet<>(Words.all(PlainText.of(markdown)));
  }

  private static TextSpan stripped(TextSpan span, String text) {
    int start = span.start();
    int end = span.end();
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    return new TextSpan(start, end);
  }
}
