package dev.ragline.document;

import java.util.Arrays;
import java.util.Objects;

/**
 * A document's bytes, wherever they are held: in memory, or outside of it where they are many. They
 * never change, and any thread may read them.
 */
public interface Content {
  /** How many bytes there are. */
  long size();

  /** How many of them the heap holds. */
  long held();

  /** A copy of {@code length} bytes from {@code offset} on, all of them within the content. */
  byte[] bytes(long offset, int length);

  /** All bytes, which must be few enough for an array. They are not to be changed. */
  default byte[] whole() {
    return bytes(0, Math.toIntExact(size()));
  }

  /** Content that is held in memory; the bytes are not copied. */
  static Content of(byte[] bytes) {
    return new InMemory(bytes);
  }

  /** Bytes of the heap. */
  final class InMemory implements Content {
    private final byte[] bytes;

    private InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public long held() {
      return bytes.length;
    }

    @Override
    public byte[] bytes(long offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }

    @Override
    public byte[] whole() {
      return bytes;
    }
  }
}
