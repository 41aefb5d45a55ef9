package dev.ragline.embedding.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {
  @ParameterizedTest
  @CsvSource({"'', 0", "a, 1", "abc, 1", "abcd, 2", "a b c, 3", "'  ', 1", "日本語, 3", "𝄞, 2"})
  void count_text_isThirdOfItsBytesOrItsWords(String text, int tokens) {
    assertThat(TokenEstimate.count(text)).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({
    "2024, 4",
    "'in 2024, 17 of 365', 12",
    "٢٠٢٤, 4",
    "2.4.17, 5",
    "3fa85f64, 8",
    "fa85, 4",
    "FA85-4562-B3FC, 13",
    "deadbeef, 3",
    "'a facade, decades, a bead', 9",
    "'the 3rd cafe', 5",
    "utf8, 2",
  })
  void count_numbers_haveATokenADigit(String text, int tokens) {
    assertThat(TokenEstimate.count(text)).isEqualTo(tokens);
  }

  @Test
  void split_words_cutsBetweenThem() {
    assertThat(TokenEstimate.split("alpha beta gamma delta", 4))
        .containsExactly("alpha beta ", "gamma delta");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void split_anyText_losesNothingAndStaysInTheLimit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String text = random(random, 400);
    int limit = random.nextInt(2, 30);

    List<String> pieces = TokenEstimate.split(text, limit);

    assertThat(String.join("", pieces)).as("seed %d", seed).isEqualTo(text);
    assertThat(pieces)
        .as("seed %d", seed)
        .allSatisfy(
            piece -> {
              assertThat(TokenEstimate.count(piece)).isBetween(1, limit);
              assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
            });
  }

  private static String random(SplittableRandom random, int length) {
    int[] alphabet = {'a', 'b', 'c', ' ', ' ', '\n', 'é', '日', 0x1D11E, '!', '7', '0', 'f'};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }
}
