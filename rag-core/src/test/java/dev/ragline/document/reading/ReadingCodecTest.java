package dev.ragline.document.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.parsing.GeneratedMarkdown;
import dev.ragline.parsing.Readings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingCodecTest {
  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void decode_encodedReading_isTheSame(long seed) {
    String text = GeneratedMarkdown.of(seed);
    Reading whole = Readings.markdown(text);
    int third = text.length() / 3;
    for (Reading reading :
        List.of(whole, whole.slice(new TextSpan(third, 2 * third)), Readings.plain(text))) {
      byte[] bytes = ReadingCodec.encode(reading);
      assertThat(ReadingCodec.decode(reading.source(), bytes))
          .as("seed %d", seed)
          .isEqualTo(reading);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Text.\n\n| a | b |\n|---|---|\n|   | 1 |\n| 2 |  |\n|  |  |\n",
        "Text.\n\n|  | b |\n|---|---|\n|  | 1 |\n",
        "Text.\n\n<table><tr><td></td><td>1</td></tr><tr><th></th><th>x</th></tr></table>",
        "Text.\n\n```\n\n  a\n\nb\n```",
        "- Text.\n\n  | a | b |\n  |---|---|\n  |  | <br> |\n  | <!-- --> | c |\n"
      })
  void decode_emptyCellsAndLines_areTheSame(String text) {
    Reading reading = Readings.markdown(text);
    assertThat(ReadingCodec.decode(text, ReadingCodec.encode(reading))).isEqualTo(reading);
  }

  @Test
  void encode_proseAsItStands_takesAFewBytes() {
    Reading reading = Readings.markdown("One sentence. Another one.\n\nA paragraph.");
    assertThat(ReadingCodec.encode(reading)).hasSizeLessThan(20);
    assertThat(reading.readsAsWritten()).isTrue();
  }

  @Test
  void decode_laterVersion_isNone() {
    assertThat(ReadingCodec.decode("x", new byte[] {2, 9, 9})).isNull();
  }

  @Test
  void decode_damagedBytes_saysSo() {
    byte[] bytes = ReadingCodec.encode(Readings.markdown("a *b* c &amp; d\n\n- e"));
    for (int end = 0; end < bytes.length; end++) {
      byte[] cut = Arrays.copyOf(bytes, end);
      assertThatThrownBy(() -> ReadingCodec.decode("a *b* c &amp; d\n\n- e", cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ReadingCodec.decode("a", bytes))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
