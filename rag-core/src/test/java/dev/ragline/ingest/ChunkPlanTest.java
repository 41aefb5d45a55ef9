package dev.ragline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Sha256;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chunks are written as letters here: a letter is a text. */
class ChunkPlanTest {
  private static ChunkPlan plan(String before, String after) {
    return new ChunkPlan(texts(after), texts(before), before.length());
  }

  /** What carrying it out does, without vectors from elsewhere. */
  private static Receipt receipt(String before, String after) {
    ChunkTexts texts = texts(after);
    ChunkTexts known = texts(before);
    long fresh =
        IntStream.range(0, texts.texts()).filter(i -> known.find(texts.digest(i)) < 0).count();
    return plan(before, after).receipt((int) fresh);
  }

  private static ChunkTexts texts(String letters) {
    return ChunkTexts.of(letters(letters).map(Sha256::of).toList());
  }

  private static Stream<String> letters(String text) {
    return text.chars().mapToObj(Character::toString);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource({
    // before, after, added, changed, unchanged, removed, embedded
    "'', abc, 3, 0, 0, 0, 3",
    "abc, abc, 0, 0, 3, 0, 0",
    "abc, abcd, 1, 0, 3, 0, 1",
    "abc, xbc, 0, 1, 2, 0, 1",
    "abc, ab, 0, 0, 2, 1, 0",
    "abc, cba, 0, 0, 3, 0, 0",
    "abc, xyz, 0, 3, 0, 0, 3",
    "abc, x, 0, 1, 0, 2, 1",
    "a, xyz, 2, 1, 0, 0, 3",
    "'', aaa, 3, 0, 0, 0, 1",
    "a, aa, 1, 0, 1, 0, 0",
    "aa, a, 0, 0, 1, 1, 0",
    "ab, aax, 1, 0, 2, 0, 1",
    "abcd, bxxe, 0, 3, 1, 0, 2"
  })
  void receipt_anyChange_countsIt(
      String before,
      String after,
      int added,
      int changed,
      int unchanged,
      int removed,
      int embedded) {
    assertThat(receipt(before, after))
        .isEqualTo(new Receipt(added, changed, unchanged, removed, embedded));
  }

  @Test
  void receipt_randomChanges_addsUp() {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      String before = word(random);
      String after = word(random);
      Receipt receipt = receipt(before, after);
      String when = "seed %d: %s becomes %s: %s".formatted(seed, before, after, receipt);
      assertThat(receipt.added() + receipt.changed() + receipt.unchanged())
          .as(when)
          .isEqualTo(after.length());
      assertThat(receipt.changed() + receipt.unchanged() + receipt.removed())
          .as(when)
          .isEqualTo(before.length());
      Set<String> fresh = new HashSet<>(letters(after).toList());
      fresh.removeAll(letters(before).toList());
      assertThat(receipt.embedded()).as(when).isEqualTo(fresh.size());
      assertThat(Math.min(receipt.added(), receipt.removed())).as(when).isZero();
    }
  }

  private static String word(SplittableRandom random) {
    StringBuilder word = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(6)));
    }
    return word.toString();
  }

  @Test
  void texts_severalOfOne_areThereOnceWithTheFirst() {
    ChunkTexts texts = texts("xaxyb");
    assertThat(IntStream.range(0, texts.texts()).mapToObj(texts::digest))
        .containsExactly(Sha256.of("x"), Sha256.of("a"), Sha256.of("y"), Sha256.of("b"));
    assertThat(IntStream.range(0, texts.texts()).map(texts::firstChunk))
        .containsExactly(0, 1, 3, 4);
    assertThat(IntStream.range(0, texts.chunks()).map(texts::text)).containsExactly(0, 1, 0, 2, 3);
    assertThat(texts.find(Sha256.of("z"))).isNegative();
  }

  @Test
  void keepsAll_sameTexts_onlyWithoutAnyGone() {
    assertThat(plan("ab", "ba").keepsAll()).isTrue();
    assertThat(plan("ab", "a").keepsAll()).isFalse();
    assertThat(plan("ab", "abc").keepsAll()).isFalse();
  }
}
