package dev.ragline.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.embedding.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarginalRelevanceTest {
  private static final float[] EAST = {1, 0};
  private static final float[] NORTH = {0, 1};

  @Test
  void next_twinOfTheBest_comesAfterTheOther() {
    double[] relevance = {1, 0.95, 0.6};

    assertThat(order(relevance, List.of(EAST, EAST, NORTH), 0.5)).containsExactly(0, 2, 1);
    assertThat(order(relevance, List.of(EAST, EAST, NORTH), 0.9)).containsExactly(0, 1, 2);
  }

  @Test
  void next_lambdaZero_beginsWithTheBestAndFleesIt() {
    double[] relevance = {1, 0.9, 0.1};

    assertThat(order(relevance, List.of(EAST, EAST, NORTH), 0)).containsExactly(0, 2, 1);
  }

  @Test
  void next_notTaken_leavesTheOthersAlone() {
    MarginalRelevance mmr =
        new MarginalRelevance(new double[] {1, 0.9, 0.1}, List.of(EAST, EAST, NORTH), 0.5);

    assertThat(List.of(mmr.next(), mmr.next(), mmr.next(), mmr.next()))
        .containsExactly(0, 1, 2, -1);
  }

  @Test
  void next_nothing_ends() {
    assertThat(new MarginalRelevance(new double[0], List.of(), 0.5).next()).isEqualTo(-1);
  }

  @Test
  void next_randomPassages_maximisesTheFormulaEachTime() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      int count = 1 + random.nextInt(20);
      double[] relevance = random.doubles(count).map(d -> Math.floor(d * 8) / 8).toArray();
      List<float[]> vectors =
          IntStream.range(0, count)
              .mapToObj(any -> new float[] {random.nextInt(5) - 2, random.nextInt(5) - 2})
              .toList();
      double lambda = random.nextInt(5) / 4.0;

      assertThat(order(relevance, vectors, lambda))
          .containsExactlyElementsOf(slowly(relevance, vectors, lambda));
    }
  }

  @Test
  void next_lambdaOne_isByRelevance() {
    Random random = new Random(6);
    double[] relevance = random.doubles(50).toArray();
    List<float[]> vectors = IntStream.range(0, 50).mapToObj(i -> new float[] {i, 1}).toList();

    assertThat(order(relevance, vectors, 1))
        .isSortedAccordingTo(Comparator.comparingDouble(i -> -relevance[i]));
  }

  private static List<Integer> order(double[] relevance, List<float[]> vectors, double lambda) {
    MarginalRelevance mmr = new MarginalRelevance(relevance, vectors, lambda);
    List<Integer> order = new ArrayList<>();
    for (int i = mmr.next(); i >= 0; i = mmr.next()) {
      mmr.take(i);
      order.add(i);
    }
    return order;
  }

  /** The paper's formula, word for word. */
  private static List<Integer> slowly(double[] relevance, List<float[]> vectors, double lambda) {
    List<Integer> selected = new ArrayList<>();
    List<Integer> rest =
        new ArrayList<>(
            Arrays.asList(IntStream.range(0, relevance.length).boxed().toArray(Integer[]::new)));
    while (!rest.isEmpty()) {
      int best = rest.getFirst();
      double most = Double.NEGATIVE_INFINITY;
      for (int i : rest) {
        double closest =
            selected.stream()
                .mapToDouble(s -> Vectors.cosine(vectors.get(i), vectors.get(s)))
                .max()
                .orElse(0);
        double value = lambda * relevance[i] - (1 - lambda) * Math.max(0, closest);
        if (value > most) {
          best = i;
          most = value;
        }
      }
      selected.add(best);
      rest.remove(Integer.valueOf(best));
    }
    return selected;
  }
}
