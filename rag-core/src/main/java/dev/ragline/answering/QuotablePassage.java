package dev.ragline.answering;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.Sha256;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Sentences;
import dev.ragline.parsing.SourceText;
import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A passage made ready to be quoted: its sentences and their words, chunk by chunk where its text
 * was expanded. A quote lies within one chunk. For one thread.
 */
public final class QuotablePassage {
  /** By how much a second sentence must raise the support to be quoted too. */
  private static final double CLEARLY = 0.15;

  private final Passage passage;

  /** Made when it is first quoted: most passages never are. */
  private @Nullable List<Sentence> sentences;

  private record Sentence(Chunk chunk, TextSpan span, Set<String> words) {}

  /**
   * A piece of the passage, and how well it supports a claim.
   *
   * @param chunk where it stands
   * @param span chars of the chunk's text
   * @param support the share, 0…1, of the claim's words that stand in it
   */
  public record Quote(Chunk chunk, TextSpan span, double support) {
    /**
     * A citation of it.
     *
     * @param claim bytes of the answer
     * @param passage what the chunk came as, or with
     */
    public Citation cite(ByteRange claim, Passage passage) {
      SourceText source = SourceText.of(chunk.text());
      ByteRange range = source.bytes(span.start(), span.end()).shift(chunk.range().start());
      Sha256 digest = Sha256.of(span.of(source.text()));
      return new Citation(claim, passage, chunk, range, digest, support);
    }

    /**
     * A citation of it by a claim that is what a reader sees of it, {@code reading.of(span)}.
     *
     * @param claim bytes of the answer
     * @param passage what the chunk came as, or with
     */
    public Citation citeItself(ByteRange claim, Passage passage) {
      Citation cited = cite(claim, passage);
      SourceText source = SourceText.of(chunk.text());
      long origin = chunk.range().start();
      List<Citation.SourceChange> changes =
          passage.reading(chunk).changes(span).stream()
              .map(
                  change ->
                      new Citation.SourceChange(
                          source
                              .bytes(change.source().start(), change.source().end())
                              .shift(origin),
                          change.shown()))
              .toList();
      return new Citation(
          claim, passage, chunk, cited.quote(), cited.quoteDigest(), support, changes);
    }
  }

  public QuotablePassage(Passage passage) {
    this.passage = passage;
  }

  private List<Sentence> sentences() {
    if (sentences == null) {
      sentences = sentences(passage);
    }
    return sentences;
  }

  private static List<Sentence> sentences(Passage passage) {
    List<Sentence> sentences = new ArrayList<>();
    for (Chunk chunk : passage.chunks()) {
      Reading reading = passage.reading(chunk);
      for (TextSpan span : Sentences.in(reading)) {
        Set<String> words = wordsOf(span.of(reading.text()));
        if (!words.isEmpty()) {
          sentences.add(new Sentence(chunk, reading.sourceSpan(span), words));
        }
      }
    }
    return sentences;
  }

  /**
   * The sentence that shares most words with a claim, with a neighbour where that supports the
   * claim clearly better; the whole of the passage's own chunk where no sentence shares any. Of
   * equally good sentences the one with fewer words is taken, then the first.
   */
  public Quote bestFor(Set<String> claim) {
    List<Sentence> sentences = sentences();
    int best = -1;
    double support = 0;
    for (int i = 0; i < sentences.size(); i++) {
      Set<String> words = sentences.get(i).words();
      double other = Words.support(claim, words);
      boolean shorter = best >= 0 && words.size() < sentences.get(best).words().size();
      if (other > support || (other == support && other > 0 && shorter)) {
        best = i;
        support = other;
      }
    }
    if (best < 0) {
      Set<String> words = wordsOf(passage.reading(passage.chunk()).text());
      TextSpan whole = new TextSpan(0, passage.chunk().text().length());
      return new Quote(passage.chunk(), whole, Words.support(claim, words));
    }
    Sentence sentence = sentences.get(best);
    Quote single = new Quote(sentence.chunk(), sentence.span(), support);
    Quote before = pair(claim, best - 1, single);
    Quote after = pair(claim, best, single);
    Quote pair = after.support() > before.support() ? after : before;
    return pair.support() >= support + CLEARLY ? pair : single;
  }

  /**
   * A citation of this passage.
   *
   * @param claim bytes of the answer
   */
  public Citation cite(ByteRange claim, Quote quote) {
    return quote.cite(claim, passage);
  }

  /** A sentence and the next one; {@code single} where they do not stand in one chunk. */
  private Quote pair(Set<String> claim, int first, Quote single) {
    List<Sentence> sentences = sentences();
    if (first < 0 || first + 1 == sentences.size()) {
      return single;
    }
    Sentence one = sentences.get(first);
    Sentence next = sentences.get(first + 1);
    if (!one.chunk().id().equals(next.chunk().id())) {
      return single;
    }
    Set<String> both = new HashSet<>(one.words());
    both.addAll(next.words());
    TextSpan span = new TextSpan(one.span().start(), next.span().end());
    return new Quote(one.chunk(), span, Words.support(claim, both));
  }

  private static Set<String> wordsOf(String text) {
    return new HashSet<>(Words.all(text));
  }
}
