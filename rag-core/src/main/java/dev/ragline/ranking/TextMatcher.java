package dev.ragline.ranking;

import dev.ragline.analysis.Characters;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Compares a question with the passages that were found for it, letter by letter. How much a piece
 * of the question weighs is learned from these passages: what stands in all of them tells none
 * apart. So it needs neither the corpus's statistics nor its language.
 */
public final class TextMatcher {
  private final boolean syllables;
  private final String question;

  /** Prepares a question. */
  public TextMatcher(String question) {
    this.question = Grams.normalize(question);
    this.syllables = Grams.isOfSyllables(this.question);
  }

  /** How well each of the passages fits, in their order. */
  public List<TextMatch> match(List<NormalPassage> found) {
    List<NormalPassage> passages =
        Characters.hasDiacritics(question)
            ? found
            : found.stream().map(NormalPassage::withoutDiacritics).toList();
    Pieces words = new Pieces(sink -> Grams.ofWords(question, sink));
    Pieces phrases = new Pieces(sink -> Grams.ofPhrases(question, syllables, sink));
    List<BitSet[]> sentences =
        passages.stream()
            .map(p -> p.sentences().stream().map(s -> words(s, words)).toArray(BitSet[]::new))
            .toList();
    List<BitSet> wholes = passages.stream().map(p -> phrases(p.whole(), phrases)).toList();
    double[] wordWeights = words.weights(sentences.stream().map(TextMatcher::union).toList());
    double[] phraseWeights = phrases.weights(wholes);
    TextMatch[] matches = new TextMatch[passages.size()];
    for (int i = 0; i < matches.length; i++) {
      double best = 0;
      for (BitSet sentence : sentences.get(i)) {
        best = Math.max(best, share(sentence, wordWeights));
      }
      matches[i] = new TextMatch(best, share(wholes.get(i), phraseWeights));
    }
    return List.of(matches);
  }

  private static BitSet words(String sentence, Pieces pieces) {
    return pieces.in(sink -> Grams.ofWords(sentence, sink));
  }

  private BitSet phrases(String text, Pieces pieces) {
    return pieces.in(sink -> Grams.ofPhrases(text, syllables, sink));
  }

  private static BitSet union(BitSet[] sets) {
    BitSet union = new BitSet();
    for (BitSet set : sets) {
      union.or(set);
    }
    return union;
  }

  private static double share(BitSet found, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      all += weights[i];
      sum += found.get(i) ? weights[i] : 0;
    }
    return all > 0 ? sum / all : 0;
  }

  /** The different pieces of the question, by number, in a table with open addressing. */
  private static final class Pieces {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final int count;
    private final int shift;
    private final long[] slots;

    /** A piece's number + 1 in its slot; 0 in those that are free. */
    private final int[] numbers;

    Pieces(Consumer<LongConsumer> cut) {
      LongStream.Builder all = LongStream.builder();
      cut.accept(all::add);
      long[] different = all.build().sorted().distinct().toArray();
      count = different.length;
      // At most a quarter is taken, so that most pieces of a text are found to be new at once.
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(4 * count + 3);
      shift = Long.SIZE - bits;
      slots = new long[1 << bits];
      numbers = new int[1 << bits];
      for (int i = 0; i < count; i++) {
        int slot = slot(different[i]);
        slots[slot] = different[i];
        numbers[slot] = i + 1;
      }
    }

    /** Where a piece is, or would be. */
    private int slot(long piece) {
      int slot = (int) ((piece * FACTOR) >>> shift);
      while (numbers[slot] != 0 && slots[slot] != piece) {
        slot = (slot + 1) & (slots.length - 1);
      }
      return slot;
    }

    /** Which of them another text has. */
    BitSet in(Consumer<LongConsumer> cut) {
      BitSet found = new BitSet(count);
      cut.accept(
          piece -> {
            int number = numbers[slot(piece)];
            if (number > 0) {
              found.set(number - 1);
            }
          });
      return found;
    }

    /** The rarer among the passages, the heavier: BM25's idf, squared. */
    double[] weights(List<BitSet> passages) {
      double[] weights = new double[count];
      for (int i = 0; i < weights.length; i++) {
        int piece = i;
        long having = passages.stream().filter(passage -> passage.get(piece)).count();
        double idf = Math.log(1 + (passages.size() - having + 0.5) / (having + 0.5));
        weights[i] = idf * idf;
      }
      return weights;
    }
  }
}
