package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ConsistencyTokensTest {
  private final byte[] key = ConsistencyTokens.newKey();
  private final ConsistencyTokens tokens = new ConsistencyTokens(key);

  private static void assertRefused(ConsistencyTokens tokens, String corpus, String token) {
    assertThatThrownBy(() -> tokens.position(corpus, token))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void position_ownToken_isWhatWasSigned() {
    assertThat(tokens.position("a", tokens.sign("a", "w1:17:ü"))).isEqualTo("w1:17:ü");
    assertThat(tokens.position("a", tokens.sign("a", ""))).isEmpty();
    assertThat(new ConsistencyTokens(key).position("a", tokens.sign("a", "1"))).isEqualTo("1");
  }

  @Test
  void position_anotherCorpus_isRefused() {
    assertRefused(tokens, "b", tokens.sign("a", "1"));
    assertRefused(tokens, "a", tokens.sign("a\0", "1"));
  }

  @Test
  void position_anotherStore_isRefused() {
    assertRefused(new ConsistencyTokens(ConsistencyTokens.newKey()), "a", tokens.sign("a", "1"));
  }

  @Test
  void position_anyBitChanged_isRefused() {
    byte[] token = Base64.getUrlDecoder().decode(tokens.sign("a", "12").substring(2));
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] changed = token.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(tokens, "a", "t1" + Base64.getUrlEncoder().encodeToString(changed));
    }
    for (int length = 0; length < token.length; length++) {
      byte[] cut = Arrays.copyOf(token, length);
      assertRefused(tokens, "a", "t1" + Base64.getUrlEncoder().encodeToString(cut));
    }
  }

  @Test
  void position_noBase64_isRefused() {
    assertRefused(tokens, "a", "not a token!");
    assertRefused(tokens, "a", tokens.sign("a", "1").substring(2));
  }
}
