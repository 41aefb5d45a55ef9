package dev.ragline.parsing;

import dev.ragline.document.ByteRange;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A revision's text, addressed by UTF-16 index where it is cut and by UTF-8 byte where a range
 * leaves the process.
 */
public final class SourceText {
  /** Every how many chars the byte offset is remembered; in between it is counted. */
  private static final int STRIDE = 256;

  private final String text;
  private final int[] byteAtStride;

  private SourceText(String text) {
    this.text = text;
    this.byteAtStride = new int[text.length() / STRIDE + 1];
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      if (i % STRIDE == 0) {
        byteAtStride[i / STRIDE] = bytes;
      }
      bytes += utf8Length(text.charAt(i));
    }
    if (text.length() % STRIDE == 0) {
      byteAtStride[text.length() / STRIDE] = bytes;
    }
  }

  /** A text that is already decoded; a lone surrogate becomes {@code ?}, as it has no UTF-8. */
  public static SourceText of(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads UTF-8 strictly.
   *
   * @throws dev.ragline.document.RagException INVALID_ARGUMENT with the offset of the first byte
   *     that is not UTF-8
   */
  public static SourceText decode(byte[] content) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(content);
    CharBuffer out = CharBuffer.allocate(content.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw ContentScan.malformed(in.position());
    }
    return new SourceText(out.flip().toString());
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /**
   * The byte range of chars {@code start} to {@code end}, which must not stand inside a surrogate
   * pair.
   */
  public ByteRange bytes(int start, int end) {
    return new ByteRange(byteOffset(start), byteOffset(end));
  }

  private int byteOffset(int charIndex) {
    int stride = charIndex / STRIDE;
    int bytes = byteAtStride[stride];
    for (int i = stride * STRIDE; i < charIndex; i++) {
      bytes += utf8Length(text.charAt(i));
    }
    return bytes;
  }

  /** Bytes that a char stands for; a surrogate pair's four bytes are shared by its halves. */
  private static int utf8Length(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
