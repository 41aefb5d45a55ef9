package dev.ragline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AurocTest {
  @Test
  void of_everyOwnAboveEveryOther_isOne() {
    assertThat(Auroc.of(new double[] {3, 4}, new double[] {1, 2})).isOne();
  }

  @Test
  void of_handComputed_countsTiesHalf() {
    // 2 beats 1 and ties with 2; 3 beats both: 3.5 of 4.
    assertThat(Auroc.of(new double[] {2, 3}, new double[] {1, 2})).isEqualTo(3.5 / 4);
  }

  @Test
  void of_generated_isTheShareOfPairsThatAreWon() {
    Random random = new Random(3);
    double[] own = random.ints(50, 0, 12).asDoubleStream().toArray();
    double[] others = random.ints(70, 0, 12).asDoubleStream().toArray();
    double won =
        Arrays.stream(own)
            .map(
                one ->
                    Arrays.stream(others).map(it -> one > it ? 1 : one == it ? 0.5 : 0).sum()
                        / others.length)
            .average()
            .orElseThrow();
    assertThat(Auroc.of(own, others)).isCloseTo(won, within(1e-12));
  }
}
