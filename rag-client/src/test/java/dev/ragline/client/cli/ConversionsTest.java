package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small conversions between what people and what programs write. */
class ConversionsTest {
  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "2m,120000", "1h,3600000", "90s,90000", "1500ms,1500"})
  void duration_readAndWritten_isTheSame(String text, long millis) {
    assertThat(new DurationConverter().convert(text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(DurationConverter.format(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void id_differentPlaces_areDifferentIds() {
    long seed = 20_260_101;
    Random random = new Random(seed);
    String alphabet = "~%/a7E25";
    Map<String, String> placeOf = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder place = new StringBuilder();
      for (int length = 1 + random.nextInt(6); length > 0; length--) {
        place.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String id = SourceFile.id(place.toString());
      assertThat(id).as("seed %d, %s", seed, place).doesNotContain("/");
      String other = placeOf.putIfAbsent(id, place.toString());
      assertThat(other == null ? place.toString() : other)
          .as("seed %d, id %s", seed, id)
          .isEqualTo(place.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "u\u0308ber.md, \u00FCber.md",
    "a/Zu\u0308rich.md, a~Z\u00FCrich.md",
    "re\u0301sume\u0301/cafe\u0301.txt, r\u00E9sum\u00E9~caf\u00E9.txt",
    "\u1112\u1161\u11AB.md, \uD55C.md",
    "A\u030A.md, \u00C5.md",
    "\u304B\u3099.md, \u304C.md",
    "\u212B.md, \u00C5.md"
  })
  void id_namesThatLookAlike_areOne(String place, String id) {
    assertThat(SourceFile.id(place)).isEqualTo(id).isEqualTo(SourceFile.id(id.replace('~', '/')));
  }

  @Test
  void sourceFile_placeBelowAFolder_isWrittenWithSlashes() {
    SourceFile file = SourceFile.of(Path.of("x", "a", "b.md"), Path.of("a", "b.md"));

    assertThat(file.id()).isEqualTo("a~b.md");
    assertThat(file.place()).isEqualTo("a/b.md");
  }

  @Test
  void cut_longText_countsCodePoints() {
    assertThat(Text.cut("😀😀😀", 3)).isEqualTo("😀😀😀");
    assertThat(Text.cut("😀😀😀😀", 3)).isEqualTo("😀😀…");
  }
}
