package dev.ragline.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {
  private static final String ALPHABET = "ab \n\réßøЖ؟بق向量。検e\u0301\u200d\uFEFF\u07FF\u0800\uFFFD";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void bytes_everyIndexOfRandomText_countsAsGetBytesDoes(long seed) {
    String text = randomText(seed, 700 + (int) seed * 17);
    SourceText source = SourceText.of(text);
    assertThat(source.text()).isEqualTo(text);
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && Character.isLowSurrogate(text.charAt(i))) {
        continue;
      }
      assertThat(source.bytes(0, i).end())
          .as("seed %d, index %d", seed, i)
          .isEqualTo(text.substring(0, i).getBytes(UTF_8).length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 512})
  void bytes_lengthsAroundTheStride_reachTheEnd(int length) {
    String text = "é".repeat(length);
    assertThat(SourceText.of(text).bytes(0, length).end()).isEqualTo(2L * length);
  }

  @Test
  void decode_validBytes_givesThemBack() {
    byte[] content = "\uFEFF# Überschrift 😀\r\n".getBytes(UTF_8);
    assertThat(SourceText.decode(content).text().getBytes(UTF_8)).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 0, lone continuation",
    "6162bf, 2, lone continuation after text",
    "61c080, 1, overlong of two bytes",
    "61e08080, 1, overlong of three bytes",
    "61f0808080, 1, overlong of four bytes",
    "6162c3, 2, two bytes cut off",
    "61e282, 1, three bytes cut off",
    "f09f98, 0, four bytes cut off",
    "61eda080, 1, encoded high surrogate",
    "61edb080, 1, encoded low surrogate",
    "61f4908080, 1, beyond U+10FFFF",
    "e5909161ff62, 4, never a byte of UTF-8",
    "61c328, 1, second byte is none",
  })
  void decode_invalidBytes_namesTheirOffset(String hex, int offset, String what) {
    assertThatThrownBy(() -> SourceText.decode(HexFormat.of().parseHex(hex)))
        .as(what)
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessage("content: not UTF-8: byte " + offset + " cannot be decoded");
  }

  private static String randomText(long seed, int codePoints) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < codePoints; i++) {
      if (random.nextInt(6) == 0) {
        text.appendCodePoint(0x1F600 + random.nextInt(64));
      } else {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return text.toString();
  }
}
