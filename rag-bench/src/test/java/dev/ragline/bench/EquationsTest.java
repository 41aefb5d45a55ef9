package dev.ragline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EquationsTest {
  @Test
  void solve_zeroOnTheDiagonal_takesAnotherRow() {
    assertThat(Equations.solve(new double[][] {{0, 2}, {4, 0}}, new double[] {6, 8}))
        .containsExactly(2, 3);
  }

  @Test
  void solve_anyRegularMatrix_fulfilsTheEquations() {
    Random random = new Random(3);
    for (int size = 1; size < 12; size++) {
      double[][] matrix = new double[size][];
      double[][] kept = new double[size][];
      for (int i = 0; i < size; i++) {
        matrix[i] = random.doubles(size, -1, 1).toArray();
        kept[i] = matrix[i].clone();
      }
      double[] right = random.doubles(size, -1, 1).toArray();
      double[] solved = Equations.solve(matrix, right);
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int j = 0; j < size; j++) {
          sum += kept[i][j] * solved[j];
        }
        assertThat(sum).isCloseTo(right[i], within(1e-8));
      }
    }
  }
}
