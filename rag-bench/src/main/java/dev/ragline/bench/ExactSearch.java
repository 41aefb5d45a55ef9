package dev.ragline.bench;

import dev.ragline.bench.ScaleSet.Part;
import dev.ragline.document.ChunkId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The chunks that are nearest to questions, found by comparing each with each. */
final class ExactSearch {
  private final ScaleSet set;
  private final Map<Part, Best[]> best = new EnumMap<>(Part.class);

  private ExactSearch(ScaleSet set, int questions, int count) {
    this.set = set;
    for (Part part : Part.values()) {
      Best[] each = new Best[questions];
      Arrays.setAll(each, i -> new Best(count));
      best.put(part, each);
    }
  }

  /** The {@code count} chunks of every part that are nearest to the first questions of a set. */
  static ExactSearch of(ScaleSet set, int questions, int count) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    ExactSearch[] each = new ExactSearch[threads];
    Threads.share(
        threads,
        threads,
        part -> {
          each[part] = new ExactSearch(set, questions, count);
          for (int chunk = part; chunk < set.chunks(); chunk += threads) {
            each[part].compare(chunk, set.vector(chunk));
          }
        });
    ExactSearch all = new ExactSearch(set, questions, count);
    for (ExactSearch some : each) {
      all.take(some);
    }
    return all;
  }

  private void compare(int chunk, float[] vector) {
    int document = set.documentOf(chunk);
    Best[] everywhere = best(Part.ALL);
    for (int i = 0; i < everywhere.length; i++) {
      float product = product(set.questions()[i], vector);
      for (Part part : Part.values()) {
        if (part.has(document)) {
          best(part)[i].add(chunk, product);
        }
      }
    }
  }

  private void take(ExactSearch other) {
    for (Part part : Part.values()) {
      for (int i = 0; i < best(part).length; i++) {
        best(part)[i].addAll(other.best(part)[i]);
      }
    }
  }

  private Best[] best(Part part) {
    return Objects.requireNonNull(best.get(part));
  }

  /** Four sums at a time, so that the processor need not wait for one to add the next. */
  private static float product(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int d = 0; d + 3 < a.length; d += 4) {
      s0 += a[d] * b[d];
      s1 += a[d + 1] * b[d + 1];
      s2 += a[d + 2] * b[d + 2];
      s3 += a[d + 3] * b[d + 3];
    }
    for (int d = a.length - a.length % 4; d < a.length; d++) {
      s0 += a[d] * b[d];
    }
    return s0 + s1 + s2 + s3;
  }

  /** The nearest to a question. */
  Set<ChunkId> nearest(Part part, int question) {
    Set<ChunkId> ids = new HashSet<>();
    for (int chunk : best(part)[question].chunks()) {
      ids.add(set.id(chunk));
    }
    return ids;
  }

  /** The best of some chunks, best first. */
  private static final class Best {
    private final int[] chunks;
    private final float[] products;
    private int size;

    Best(int count) {
      chunks = new int[count];
      products = new float[count];
    }

    void add(int chunk, float product) {
      if (size == chunks.length && product <= products[size - 1]) {
        return;
      }
      int at = size < chunks.length ? size++ : size - 1;
      while (at > 0 && products[at - 1] < product) {
        chunks[at] = chunks[at - 1];
        products[at] = products[at - 1];
        at--;
      }
      chunks[at] = chunk;
      products[at] = product;
    }

    void addAll(Best other) {
      for (int i = 0; i < other.size; i++) {
        add(other.chunks[i], other.products[i]);
      }
    }

    int[] chunks() {
      return Arrays.copyOf(chunks, size);
    }
  }
}
