package dev.ragline.server.answers;

/**
 * Pieces of bytes one after another in one array, of which the first can be dropped: an event is
 * hardly longer than the header that an array of its own would have. For one thread at a time.
 */
final class EventBytes {
  private static final int LEAST_BYTES = 256;
  private static final int LEAST_PIECES = 16;

  private byte[] bytes = new byte[LEAST_BYTES];

  /** Where each piece ends in {@link #bytes}. */
  private int[] ends = new int[LEAST_PIECES];

  /** The first piece held, by its place in {@link #ends}. */
  private int first;

  /** The place behind the last one. */
  private int end;

  /** Reads a piece. */
  @FunctionalInterface
  interface Reader<T> {
    /** Reads {@code bytes} from {@code start} on; they are not to be kept. */
    T read(byte[] bytes, int start, int length);
  }

  /** How many pieces are held. */
  int size() {
    return end - first;
  }

  /** Bytes of all of them. */
  int length() {
    return lengthFrom(0);
  }

  /** Bytes of those from one on, the first of those held being 0. */
  int lengthFrom(int index) {
    return start(end) - start(first + index);
  }

  /** Adds a copy of a piece. */
  void add(byte[] piece) {
    if (end == ends.length || start(end) + piece.length > bytes.length) {
      makeRoom(piece.length);
    }
    int start = start(end);
    System.arraycopy(piece, 0, bytes, start, piece.length);
    ends[end++] = start + piece.length;
  }

  /** A piece, the first of those held being 0. */
  <T> T get(int index, Reader<T> reader) {
    int place = first + index;
    if (index < 0 || place >= end) {
      throw new IndexOutOfBoundsException(index);
    }
    return reader.read(bytes, start(place), length(place));
  }

  /** Drops the first piece and returns how many bytes it had. */
  int dropFirst() {
    if (first == end) {
      throw new IllegalStateException("nothing is held");
    }
    return length(first++);
  }

  private int start(int place) {
    return place == 0 ? 0 : ends[place - 1];
  }

  private int length(int place) {
    return ends[place] - start(place);
  }

  /** Moves what is held to the front, of larger arrays where those are nearly full. */
  private void makeRoom(int length) {
    int from = start(first);
    int held = length();
    byte[] source = bytes;
    bytes = roomy(held + length, bytes.length) ? bytes : new byte[larger(held + length)];
    System.arraycopy(source, from, bytes, 0, held);
    int[] moved = roomy(size() + 1, ends.length) ? ends : new int[larger(size() + 1)];
    for (int i = first; i < end; i++) {
      moved[i - first] = ends[i] - from;
    }
    ends = moved;
    end -= first;
    first = 0;
  }

  private static boolean roomy(int needed, int room) {
    return needed <= room / 8 * 7;
  }

  private static int larger(int needed) {
    return Math.addExact(needed, Math.max(LEAST_PIECES, needed / 6));
  }
}
