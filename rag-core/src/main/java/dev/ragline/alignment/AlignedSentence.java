package dev.ragline.alignment;

import dev.ragline.document.ByteRange;
import java.util.List;

/**
 * A sentence of an answer, compared with the passages that it cites, or with all where it cites
 * none.
 *
 * @param range of the answer's text
 * @param support the best that a passage gives
 * @param passageRank the rank of that passage; 0 where none supports it at all
 * @param citations its citations, by their places from 0
 * @param unsupported whether it claims something for which there is not enough support
 */
public record AlignedSentence(
    ByteRange range,
    Support support,
    int passageRank,
    List<Integer> citations,
    boolean unsupported) {
  public AlignedSentence {
    citations = List.copyOf(citations);
  }

  /** Whether there is enough support. */
  public boolean supported() {
    return support.score() >= Support.ENOUGH;
  }
}
