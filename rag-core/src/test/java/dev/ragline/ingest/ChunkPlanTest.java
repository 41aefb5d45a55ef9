package dev.ragline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import dev.ragline.document.Sha256;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chunks are written as letters here: a letter is a text. */
class ChunkPlanTest {
  private static ChunkPlan plan(String before, String after) {
    Set<Sha256> known = letters(before).map(Sha256::of).collect(Collectors.toSet());
    return new ChunkPlan(letters(after).map(Sha256::of).toList(), known, before.length());
  }

  /** What carrying it out does, without vectors from elsewhere. */
  private static Receipt receipt(String before, String after) {
    Set<Sha256> known = letters(before).map(Sha256::of).collect(Collectors.toSet());
    ChunkPlan plan = plan(before, after);
    return plan.receipt(Sets.difference(plan.texts().keySet(), known).size());
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
    assertThat(plan("ab", "xaxyb").texts())
        .containsExactly(
            Map.entry(Sha256.of("x"), 0),
            Map.entry(Sha256.of("a"), 1),
            Map.entry(Sha256.of("y"), 3),
            Map.entry(Sha256.of("b"), 4));
  }

  @Test
  void keepsAll_sameTexts_onlyWithoutAnyGone() {
    assertThat(plan("ab", "ba").keepsAll()).isTrue();
    assertThat(plan("ab", "a").keepsAll()).isFalse();
    assertThat(plan("ab", "abc").keepsAll()).isFalse();
  }
}
