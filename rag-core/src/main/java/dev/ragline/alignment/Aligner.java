package dev.ragline.alignment;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.CorpusId;
import dev.ragline.retrieval.Passage;
import java.util.List;

/** Measures how well the sentences of an answer are supported. */
public interface Aligner {
  /**
   * What a part of the answer cites.
   *
   * @param claim a range of the answer's text
   * @param passageRank the rank of the passage that is cited
   */
  record Cited(ByteRange claim, int passageRank) {}

  /**
   * Compares an answer's sentences with passages.
   *
   * @param answer well-formed UTF-16
   * @param citations in the answer's order
   * @param passages by rank
   * @return the sentences in order
   * @throws dev.ragline.document.RagException DEADLINE_EXCEEDED or CANCELLED; whatever else fails
   *     makes the comparison poorer only
   */
  List<AlignedSentence> align(
      CorpusId corpus, String answer, List<Cited> citations, List<Passage> passages, Call call);
}
