package dev.ragline.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentIdTest {
  @Test
  void compareTo_anyTwo_isTheOrderOfTheirBytes() {
    List<String> ids =
        List.of(
            "a", "aa", "ab", "b", "é", "\uD7FF", "\uE000", "Ａ", "\uFFFD", "𐀀", "😀", "😀a", "😁");
    for (String one : ids) {
      for (String other : ids) {
        int bytes = Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
        assertThat(Integer.signum(new DocumentId(one).compareTo(new DocumentId(other))))
            .as("%s and %s", one, other)
            .isEqualTo(Integer.signum(bytes));
      }
    }
  }
}
