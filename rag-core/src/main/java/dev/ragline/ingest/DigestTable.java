package dev.ragline.ingest;

import dev.ragline.document.Sha256;
import java.util.Arrays;
import java.util.HexFormat;

/** Different digests, numbered as they come; takes some fifty bytes for each. */
final class DigestTable {
  private static final int BYTES = 32;
  private static final int NONE = -1;

  private byte[] digests = new byte[16 * BYTES];
  private int size;

  /** Numbers of digests by their first bytes, or of others that had these places before. */
  private int[] places = emptyPlaces(32);

  private static int[] emptyPlaces(int count) {
    int[] places = new int[count];
    Arrays.fill(places, NONE);
    return places;
  }

  int size() {
    return size;
  }

  Sha256 get(int number) {
    return new Sha256(HexFormat.of().formatHex(digests, number * BYTES, (number + 1) * BYTES));
  }

  /** The digest's number, or -1. */
  int find(Sha256 digest) {
    return places[place(HexFormat.of().parseHex(digest.hex()), 0)];
  }

  /** The digest's number, the next one if it is new. */
  int add(Sha256 digest) {
    byte[] bytes = HexFormat.of().parseHex(digest.hex());
    int place = place(bytes, 0);
    if (places[place] == NONE) {
      if ((size + 1) * BYTES > digests.length) {
        digests = Arrays.copyOf(digests, Math.toIntExact(2L * digests.length));
      }
      System.arraycopy(bytes, 0, digests, size * BYTES, BYTES);
      places[place] = size++;
      if (2 * size > places.length) {
        grow();
      }
      return size - 1;
    }
    return places[place];
  }

  private void grow() {
    places = emptyPlaces(2 * places.length);
    for (int number = 0; number < size; number++) {
      places[place(digests, number * BYTES)] = number;
    }
  }

  /** Where a digest is, or would be. */
  private int place(byte[] bytes, int at) {
    int mask = places.length - 1;
    int place = firstInt(bytes, at) & mask;
    while (places[place] != NONE && !isSame(places[place], bytes, at)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private boolean isSame(int number, byte[] bytes, int at) {
    int from = number * BYTES;
    return Arrays.equals(digests, from, from + BYTES, bytes, at, at + BYTES);
  }

  private static int firstInt(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }
}
