package dev.ragline.retrieval;

import dev.ragline.document.RagException;

/** How a ranking by vectors and one by words become one. */
public sealed interface Fusion {
  /**
   * A weighted sum of what vectors, BM25 and the letters of the text itself say, of the passage as
   * a whole and of its best sentence; see {@link EvidenceWeights}.
   *
   * @param candidates passages, the best by {@link Weighted#DEFAULT}, that are looked at so closely
   */
  record Evidence(int candidates) implements Fusion {
    /** The one out of a hundred questions whose passage is not among so many is lost anyway. */
    public static final Evidence DEFAULT = new Evidence(32);

    public Evidence {
      if (candidates < 1 || candidates > 1000) {
        throw RagException.invalid("retrieval.fusion.evidence.candidates", "must be 1 to 1000");
      }
    }
  }

  /**
   * A weighted sum of the dense score as it is and of BM25 relative to the best of its ranking. A
   * cosine means the same for every question, and scaling it to the candidates at hand would throw
   * that away; BM25 means something only beside the other scores of its question.
   *
   * @param denseWeight 0…1; the words weigh the rest
   */
  record Weighted(double denseWeight) implements Fusion {
    /** As good as the best weight for SQuAD within a percent, and robust on short passages. */
    public static final Weighted DEFAULT = new Weighted(0.75);

    /** Of vectors that are worth nothing: what words do not tell apart is not left to chance. */
    private static final double LEAST = 0.01;

    /**
     * The same for vectors of less worth, or whose cosines lie closer together.
     *
     * @param worth 0…1
     * @param stretch what the cosines are to be multiplied by
     */
    Weighted scaled(double worth, double stretch) {
      double dense = worth * stretch * denseWeight;
      return new Weighted(Math.max(LEAST, dense / (dense + 1 - worth * denseWeight)));
    }

    public Weighted {
      if (!(denseWeight >= 0 && denseWeight <= 1)) {
        throw RagException.invalid("retrieval.fusion.weighted.dense_weight", "must be 0 to 1");
      }
    }
  }

  /**
   * Reciprocal rank fusion: the sum of 1 / (k + rank) over both rankings (Cormack, Clarke and
   * Büttcher, SIGIR 2009).
   */
  record ReciprocalRank(double k) implements Fusion {
    /** The paper's k. */
    public static final ReciprocalRank DEFAULT = new ReciprocalRank(60);

    public ReciprocalRank {
      if (!(k > 0 && k <= 100_000)) {
        throw RagException.invalid("retrieval.fusion.reciprocal_rank.k", "must be 0 to 100000");
      }
    }
  }
}
