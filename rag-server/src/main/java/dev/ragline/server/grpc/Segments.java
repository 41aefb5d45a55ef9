package dev.ragline.server.grpc;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes that come in pieces of any size; takes little more memory than they do. */
final class Segments {
  /**
   * One region of the collector's, less an array's header: it leaves what is as large where it is,
   * and copies all that is smaller in pauses that every caller would wait for.
   */
  private static final int SEGMENT = (1 << 20) - 16;

  private final Deque<byte[]> segments = new ArrayDeque<>();
  private int size;

  /** Bytes that the last segment has room for. */
  private int free;

  /** Adds a piece at the end. */
  void add(ByteString piece) {
    int first = Math.min(free, piece.size());
    if (first > 0) {
      byte[] last = segments.getLast();
      piece.substring(0, first).copyTo(last, last.length - free);
      free -= first;
    }
    int rest = piece.size() - first;
    if (rest > 0) {
      // A small document has no large segment, and many small pieces do not have one each.
      byte[] next = new byte[Math.max(rest, Math.min(SEGMENT, size))];
      piece.substring(first).copyTo(next, 0);
      segments.add(next);
      free = next.length - rest;
    }
    size += piece.size();
  }

  int size() {
    return size;
  }

  /** Takes bytes from an array. */
  @FunctionalInterface
  interface Sink {
    /** Takes {@code length} bytes from {@code offset} on; returns what nobody looks at. */
    long accept(byte[] bytes, int offset, int length);
  }

  /** All bytes; they are here no more. */
  byte[] drain() {
    byte[] all = new byte[size];
    ByteBuffer rest = ByteBuffer.wrap(all);
    drainTo(
        (bytes, offset, length) -> {
          rest.put(bytes, offset, length);
          return length;
        });
    return all;
  }

  /** Hands all bytes on, in order; each array is here no more when the next one is handed on. */
  void drainTo(Sink sink) {
    while (!segments.isEmpty()) {
      byte[] segment = segments.remove();
      int length = Math.min(segment.length, size);
      long _ = sink.accept(segment, 0, length);
      size -= length;
    }
    free = 0;
  }
}
