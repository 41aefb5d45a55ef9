package dev.ragline.document;

/** A range of UTF-8 bytes; {@code end} is exclusive. */
public record ByteRange(long start, long end) {
  public ByteRange {
    if (start < 0 || end < start) {
      throw RagException.invalid("range", "a byte range needs 0 <= start <= end");
    }
  }

  /** Bytes in the range. */
  public long length() {
    return end - start;
  }

  /** Whether {@code other} lies wholly within this range. */
  public boolean contains(ByteRange other) {
    return start <= other.start && other.end <= end;
  }

  /** The same range counted from {@code origin} bytes further back. */
  public ByteRange shift(long origin) {
    return new ByteRange(start + origin, end + origin);
  }
}
