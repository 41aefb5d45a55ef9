package dev.ragline.ingest;

import dev.ragline.document.Sha256;
import java.util.Arrays;
import java.util.List;

/**
 * What is embedded of a document's chunks, by digest: each text has a number, whatever number of
 * chunks have it.
 */
final class ChunkTexts {
  /** Of memory, for a chunk with a text of its own. */
  static final int BYTES_PER_CHUNK = 80;

  private final DigestTable texts = new DigestTable();
  private int[] textOf = new int[16];
  private int[] firstOf = new int[16];
  private int chunks;

  static ChunkTexts of(List<Sha256> digests) {
    ChunkTexts all = new ChunkTexts();
    digests.forEach(all::add);
    return all;
  }

  /** Adds the next chunk by its text's digest. */
  void add(Sha256 digest) {
    int known = texts.size();
    int text = texts.add(digest);
    textOf = withRoom(textOf, chunks);
    textOf[chunks] = text;
    if (text == known) {
      firstOf = withRoom(firstOf, text);
      firstOf[text] = chunks;
    }
    chunks++;
  }

  private static int[] withRoom(int[] numbers, int index) {
    return index < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * numbers.length);
  }

  int chunks() {
    return chunks;
  }

  /** How many different texts there are. */
  int texts() {
    return texts.size();
  }

  /** A text's digest. */
  Sha256 digest(int text) {
    return texts.get(text);
  }

  /** The text of a chunk. */
  int text(int ordinal) {
    return textOf[ordinal];
  }

  /** The first chunk with a text. */
  int firstChunk(int text) {
    return firstOf[text];
  }

  /** The text with a digest, or -1. */
  int find(Sha256 digest) {
    return texts.find(digest);
  }
}
