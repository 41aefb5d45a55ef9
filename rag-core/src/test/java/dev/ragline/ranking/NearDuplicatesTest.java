package dev.ragline.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private static final String LETTERS = "abcdefgh ijklmnop";

  @Test
  void resemblance_randomTexts_isTheShareOfCommonPieces() {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      String one = text(random, random.nextInt(60));
      String two = random.nextBoolean() ? one + text(random, 10) : text(random, 40);
      Set<String> first = pieces(one);
      Set<String> both = new HashSet<>(first);
      both.retainAll(pieces(two));
      Set<String> all = new HashSet<>(first);
      all.addAll(pieces(two));
      double expected = all.isEmpty() ? 0 : both.size() / (double) all.size();

      Shingles a = Shingles.of(one);
      Shingles b = Shingles.of(two);

      assertThat(a.resemblance(b)).as(one + "|" + two).isCloseTo(expected, within(1e-12));
      assertThat(b.resemblance(a)).isEqualTo(a.resemblance(b));
      assertThat(a.mostResemblance(b)).isGreaterThanOrEqualTo(a.resemblance(b));
    }
  }

  @Test
  void ownerOf_sameTextInOtherDress_isFound() {
    NearDuplicates texts = new NearDuplicates();
    texts.add(0, "Bread is baked in the oven.");
    texts.add(7, "Data is **stored** in MinIO, S3 and the like.");

    assertThat(texts.ownerOf("data is stored in minio; S3, and the like")).isEqualTo(7);
    assertThat(texts.ownerOf("Data is stored elsewhere.")).isEqualTo(-1);
  }

  @Test
  void ownerOf_oneWordChanged_isNearInALongTextOnly() {
    Random random = new Random(3);
    String longText = text(random, 1200);
    String shortText = "The limit of release 2.3 is 64 collections in each database.";
    NearDuplicates texts = new NearDuplicates();
    texts.add(0, longText + " harbour");
    texts.add(1, shortText);

    assertThat(texts.ownerOf(longText + " quay")).isZero();
    assertThat(texts.ownerOf(shortText.replace("64", "128"))).isEqualTo(-1);
  }

  @Test
  void ownerOf_scriptsWithoutSpaces_areCompared() {
    NearDuplicates texts = new NearDuplicates();
    String text = "向量数据库把元数据存放在etcd中，并把向量存放在对象存储中。";
    texts.add(2, text);

    assertThat(texts.ownerOf(text)).isEqualTo(2);
    assertThat(texts.ownerOf("面包在烤箱里烤，船停在港口，磨坊在河边。")).isEqualTo(-1);
  }

  @Test
  void ownerOf_textWithoutLetters_isNobodys() {
    NearDuplicates texts = new NearDuplicates();
    texts.add(0, "---");

    assertThat(texts.ownerOf("***")).isEqualTo(-1);
    assertThat(texts.ownerOf("")).isEqualTo(-1);
  }

  private static Set<String> pieces(String text) {
    String words = Grams.normalize(text).strip();
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i == 0 || i + 9 <= words.length(); i++) {
      pieces.add(words.substring(i, Math.min(words.length(), i + 9)));
    }
    pieces.remove("");
    return new HashSet<>(pieces);
  }

  private static String text(Random random, int letters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
