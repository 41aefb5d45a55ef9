package dev.ragline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.chunking.ChunkDraft;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkVectors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chunks are written as letters here: a letter is a text. */
class ChunkPlanTest {
  private static ChunkPlan plan(String before, String after) {
    List<ChunkDraft> drafts = letters(after).map(ChunkPlanTest::draft).toList();
    return ChunkPlan.of(drafts, vectors(before), before.length());
  }

  private static Stream<String> letters(String text) {
    return text.chars().mapToObj(Character::toString);
  }

  private static ChunkDraft draft(String text) {
    return new ChunkDraft(text, new ByteRange(0, 1), List.of(), text);
  }

  private static Map<Sha256, ChunkVectors> vectors(String texts) {
    Map<Sha256, ChunkVectors> vectors = new HashMap<>();
    letters(texts).forEach(text -> vectors.put(Sha256.of(text), vector(text)));
    return vectors;
  }

  private static ChunkVectors vector(String text) {
    return ChunkVectors.of(new float[] {text.charAt(0)});
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
    assertThat(plan(before, after).receipt())
        .isEqualTo(new Receipt(added, changed, unchanged, removed, embedded));
  }

  @Test
  void receipt_randomChanges_addsUp() {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2000; i++) {
      String before = word(random);
      String after = word(random);
      Receipt receipt = plan(before, after).receipt();
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
  void vectors_knownAndNew_areThoseOfTheirTexts() {
    ChunkPlan plan = plan("ab", "xaxyb");
    assertThat(plan.textsToEmbed()).containsExactly("x", "y");
    List<ChunkVectors> vectors = plan.vectors(List.of(vector("x"), vector("y")));
    assertThat(vectors)
        .extracting(each -> (char) each.vector()[0])
        .containsExactly('x', 'a', 'x', 'y', 'b');
  }

  @Test
  void vectors_tooFew_areRefused() {
    ChunkPlan plan = plan("", "xy");
    assertThatThrownBy(() -> plan.vectors(List.of(vector("x"))))
        .isInstanceOf(RuntimeException.class);
  }
}
