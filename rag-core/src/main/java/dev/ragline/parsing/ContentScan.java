package dev.ragline.parsing;

import dev.ragline.document.Content;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * What is found out about a large content by going through it once, piece by piece: that it is a
 * text at all, how long it is, and its digest.
 */
public final class ContentScan {
  /** Bytes that are looked at at once. */
  private static final int PIECE = 64 << 10;

  /** Bytes of a char at most; a pair of surrogates has no more than two of these. */
  private static final int CHAR = 3;

  private final Content content;
  private final MessageDigest digest = Sha256.newDigest();
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

  /** Where each piece begins: in bytes, and in chars. */
  private final List<Place> pieces = new ArrayList<>();

  private final CharBuffer chars = CharBuffer.allocate(PIECE + CHAR);
  private long at;
  private long charCount;
  private long nul = -1;
  private boolean visible;

  private record Place(long bytes, long chars) {}

  private ContentScan(Content content) {
    this.content = content;
  }

  /** Of a content of which nothing was looked at. */
  public static ContentScan begin(Content content) {
    return new ContentScan(content);
  }

  /**
   * Looks at the next piece; returns whether there is another.
   *
   * @throws RagException INVALID_ARGUMENT for content that is not UTF-8, or that holds no text
   */
  public boolean goOn() {
    if (at < content.size()) {
      at += piece();
    }
    if (at < content.size()) {
      return true;
    }
    if (nul >= 0) {
      throw nul(nul);
    }
    if (!visible) {
      throw blank();
    }
    return false;
  }

  /** Takes whole chars; returns their bytes. */
  private int piece() {
    int length = (int) Math.min(PIECE, content.size() - at);
    boolean last = at + length == content.size();
    byte[] bytes = content.bytes(at, length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    pieces.add(new Place(at, charCount));
    chars.clear();
    CoderResult result = decoder.reset().decode(in, chars, last);
    if (result.isError()) {
      throw malformed(at + in.position());
    }
    digest.update(bytes, 0, in.position());
    lookAt();
    return in.position();
  }

  private void lookAt() {
    String text = chars.flip().toString();
    charCount += text.length();
    visible = visible || !Blanks.isBlank(text, new TextSpan(0, text.length()));
    int zero = nul < 0 ? text.indexOf('\0') : -1;
    if (zero >= 0) {
      nul = at + text.substring(0, zero).getBytes(StandardCharsets.UTF_8).length;
    }
  }

  /** The digest of the whole content. */
  public Sha256 digest() {
    try {
      return Sha256.finish((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("SHA-256 of the JDK can be cloned", e);
    }
  }

  /** The {@code most} chars in the text's middle, or all of a shorter one. */
  public String middle(int most) {
    long start = Math.max(0, (charCount - most) / 2);
    int index = pieces.size() - 1;
    while (index > 0 && pieces.get(index).chars() > start) {
      index--;
    }
    Place place = pieces.get(index);
    int before = (int) (start - place.chars());
    long wanted = (before + (long) most) * CHAR + CHAR;
    int length = (int) Math.min(wanted, content.size() - place.bytes());
    String text = WindowText.decode(content.bytes(place.bytes(), length)).text();
    return text.substring(before, (int) Math.min(text.length(), before + (long) most));
  }

  static RagException malformed(long at) {
    return RagException.invalid("content", "not UTF-8: byte " + at + " cannot be decoded");
  }

  static RagException nul(long at) {
    return RagException.invalid("content", "not a text: byte " + at + " is NUL");
  }

  static RagException blank() {
    return RagException.invalid("content", "holds no text");
  }
}
