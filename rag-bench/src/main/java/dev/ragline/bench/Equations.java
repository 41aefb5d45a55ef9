package dev.ragline.bench;

/** Solves linear equations. */
final class Equations {
  private Equations() {}

  /**
   * Solves a system by elimination with pivots.
   *
   * @param matrix square and regular; it is changed
   * @param right as long as the matrix is high; not changed
   */
  static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    double[] values = right.clone();
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int row = column + 1; row < size; row++) {
        pivot = Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column]) ? row : pivot;
      }
      double[] line = matrix[pivot];
      matrix[pivot] = matrix[column];
      matrix[column] = line;
      double value = values[pivot];
      values[pivot] = values[column];
      values[column] = value;
      for (int row = column + 1; row < size; row++) {
        double factor = matrix[row][column] / line[column];
        for (int i = column; i < size; i++) {
          matrix[row][i] -= factor * line[i];
        }
        values[row] -= factor * value;
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int i = row + 1; i < size; i++) {
        values[row] -= matrix[row][i] * values[i];
      }
      values[row] /= matrix[row][row];
    }
    return values;
  }
}
