package dev.ragline.client.verification;

import com.google.protobuf.ByteString;
import dev.ragline.v1.ByteRange;

/** Ranges of UTF-8 bytes. */
final class Utf8 {
  private Utf8() {}

  /** Whether the range is not empty, lies within the bytes, and cuts no character in two. */
  static boolean holds(ByteString bytes, ByteRange range) {
    return range.getStart() >= 0
        && range.getStart() < range.getEnd()
        && range.getEnd() <= bytes.size()
        && isBorder(bytes, range.getStart())
        && isBorder(bytes, range.getEnd());
  }

  /** The bytes in a range that holds. */
  static ByteString cut(ByteString bytes, ByteRange range) {
    return bytes.substring((int) range.getStart(), (int) range.getEnd());
  }

  /** A range as people read it. */
  static String describe(ByteRange range) {
    return "bytes " + range.getStart() + "-" + range.getEnd();
  }

  private static boolean isBorder(ByteString bytes, long at) {
    return at == bytes.size() || (bytes.byteAt((int) at) & 0xC0) != 0x80;
  }
}
