package dev.ragline.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 digest (FIPS 180-4) as 64 lower-case hex digits. */
public record Sha256(String hex) {
  /**
   * So much is fed at once. The JVM cannot stop a thread inside a call of its SHA-256, so that all
   * others would wait for the end of a large one before each collection.
   */
  private static final int PIECE = 64 << 10;

  private static final Pattern VALID = Pattern.compile("[0-9a-f]{64}");

  public Sha256 {
    if (!VALID.matcher(hex).matches()) {
      throw RagException.invalid("sha256", "a digest is 64 lower-case hex digits");
    }
  }

  /** The digest of some bytes. */
  public static Sha256 of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** The digest of {@code length} bytes from {@code offset}. */
  public static Sha256 of(byte[] bytes, int offset, int length) {
    MessageDigest digest = newDigest();
    int end = offset + length;
    for (int from = offset; from < end; from += PIECE) {
      digest.update(bytes, from, Math.min(PIECE, end - from));
    }
    return finish(digest);
  }

  /** The digest of a document's bytes. */
  public static Sha256 of(Content content) {
    MessageDigest digest = newDigest();
    for (long from = 0; from < content.size(); from += PIECE) {
      digest.update(content.bytes(from, (int) Math.min(PIECE, content.size() - from)));
    }
    return finish(digest);
  }

  /** The digest of a text's UTF-8 bytes. */
  public static Sha256 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest of all that was fed to {@code digest}, which is reset. */
  public static Sha256 finish(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  /** A digest to feed piece by piece. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
