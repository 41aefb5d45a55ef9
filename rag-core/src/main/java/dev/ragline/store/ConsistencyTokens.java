package dev.ragline.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.document.RagException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the tokens that stand for a write, and takes them back. A token tells a store how long to
 * wait, so that only a store's own are taken: each bears a MAC (HMAC-SHA-256, RFC 2104, cut to 128
 * bits) over the corpus and the write's position, by a key that the store's replicas share.
 */
public final class ConsistencyTokens {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** Begins each token, so that none begins like an option of a command line. */
  private static final String VERSION = "t1";

  private static final int MAC_BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** Tokens by a key of {@link #KEY_BYTES}. */
  public ConsistencyTokens(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** A key that nobody can guess. */
  public static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * A token for a write.
   *
   * @param corpus what tells the corpus from every other, also from those of its name
   * @param position where the write stands in the store; for the store alone
   */
  public String sign(String corpus, String position) {
    byte[] payload = position.getBytes(UTF_8);
    byte[] mac = mac(corpus, payload);
    byte[] token = Arrays.copyOf(mac, mac.length + payload.length);
    System.arraycopy(payload, 0, token, mac.length, payload.length);
    return text(token);
  }

  /** The one text of a token: others may decode to the same. */
  private static String text(byte[] token) {
    return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /**
   * The position that a token stands for.
   *
   * @throws RagException INVALID_ARGUMENT for a token that this store did not make for this corpus
   */
  public String position(String corpus, String token) {
    if (!token.startsWith(VERSION)) {
      throw refused();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.substring(VERSION.length()));
    } catch (IllegalArgumentException e) {
      throw refused();
    }
    if (bytes.length < MAC_BYTES || !token.equals(text(bytes))) {
      throw refused();
    }
    byte[] payload = Arrays.copyOfRange(bytes, MAC_BYTES, bytes.length);
    if (!MessageDigest.isEqual(mac(corpus, payload), Arrays.copyOf(bytes, MAC_BYTES))) {
      throw refused();
    }
    return new String(payload, UTF_8);
  }

  private static RagException refused() {
    return RagException.invalid(
        "consistency_token", "is not one that this corpus's store has given out");
  }

  private byte[] mac(String corpus, byte[] payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(corpus.getBytes(UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(payload), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HmacSHA256", e);
    }
  }
}
