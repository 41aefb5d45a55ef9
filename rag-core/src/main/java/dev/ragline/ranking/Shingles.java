package dev.ragline.ranking;

import java.util.Arrays;

/**
 * A text as the set of its overlapping pieces of nine letters, by which texts are compared whatever
 * their language, punctuation and case (Broder, "On the resemblance and containment of documents",
 * 1997). Pieces are kept as 64-bit hashes.
 */
public final class Shingles {
  private static final int SIZE = 9;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final long[] sorted;

  private Shingles(long[] sorted) {
    this.sorted = sorted;
  }

  /** Cuts a text; one of fewer letters is a single piece, one of none has no piece. */
  public static Shingles of(String text) {
    String words = Grams.normalize(text).strip();
    int count = words.isEmpty() ? 0 : Math.max(1, words.length() - SIZE + 1);
    long[] pieces = new long[count];
    for (int i = 0; i < count; i++) {
      pieces[i] = hash(words, i, Math.min(words.length(), i + SIZE));
    }
    return new Shingles(Arrays.stream(pieces).sorted().distinct().toArray());
  }

  /** The share, 0…1, of the pieces of both that both have (Jaccard); 0 where there are none. */
  public double resemblance(Shingles other) {
    long[] a = sorted;
    long[] b = other.sorted;
    int common = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        common++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    int all = a.length + b.length - common;
    return all == 0 ? 0 : common / (double) all;
  }

  /** The most that {@link #resemblance} can be, by the number of pieces alone. */
  double mostResemblance(Shingles other) {
    double most = Math.max(sorted.length, other.sorted.length);
    return most == 0 ? 0 : Math.min(sorted.length, other.sorted.length) / most;
  }

  private static long hash(String text, int start, int end) {
    long hash = (long) end - start;
    for (int i = start; i < end; i++) {
      hash = (hash ^ text.charAt(i)) * FACTOR;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
