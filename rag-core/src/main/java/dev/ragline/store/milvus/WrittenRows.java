package dev.ragline.store.milvus;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of one write; their keys follow from it.
 *
 * @param chunks how many chunks
 * @param pieces how many pieces of content
 */
record WrittenRows(String write, int chunks, int pieces) {
  /** The key of the n-th row of a write, of chunks as of pieces. */
  static String key(String write, int n) {
    return write + "-" + n;
  }

  List<String> chunkKeys() {
    return keys(chunks);
  }

  List<String> pieceKeys() {
    return keys(pieces);
  }

  private List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(n -> key(write, n)).toList();
  }
}
