package dev.ragline.analysis;

/**
 * How far a word that nobody has written may be from the one that was meant: words of letters only,
 * as another number is another thing, and the longer the further. The first letter is seldom wrong.
 */
public final class Misspelling {
  private static final int ONE_EDIT = 5;
  private static final int TWO_EDITS = 9;

  private Misspelling() {}

  /** Letters that may be wrong, missing, too many or swapped with the next one; 0…2. */
  public static int edits(String word) {
    if (!word.codePoints().allMatch(Character::isLetter)) {
      return 0;
    }
    return word.length() >= TWO_EDITS ? 2 : word.length() >= ONE_EDIT ? 1 : 0;
  }

  /** Whether a word may be meant by another one, which is misspelt. */
  public static boolean isNear(String misspelt, String word) {
    int edits = edits(misspelt);
    return edits > 0
        && Math.abs(misspelt.length() - word.length()) <= edits
        && misspelt.charAt(0) == word.charAt(0)
        && distance(misspelt, word) <= edits;
  }

  /** Edits between two words by Damerau and Levenshtein, where no part is edited twice. */
  private static int distance(String first, String second) {
    int[][] edits = new int[first.length() + 1][second.length() + 1];
    for (int i = 0; i <= first.length(); i++) {
      for (int j = 0; j <= second.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int other = first.charAt(i - 1) == second.charAt(j - 1) ? 0 : 1;
        edits[i][j] =
            Math.min(edits[i - 1][j - 1] + other, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && first.charAt(i - 1) == second.charAt(j - 2)
            && first.charAt(i - 2) == second.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[first.length()][second.length()];
  }
}
