package dev.ragline.ranking;

import java.util.ArrayList;
import java.util.List;

/** Texts that were given already, to find those that say nearly the same; for one thread. */
public final class NearDuplicates {
  /**
   * The resemblance from which on texts are nearly the same. A word that was changed in a passage
   * of 1000 letters leaves 0.97 of it, one in a passage of 150 letters less than 0.85.
   */
  static final double ALIKE = 0.9;

  private final List<Given> given = new ArrayList<>();

  private record Given(int owner, Shingles shingles) {}

  /** Remembers a text as that of {@code owner}, from 0. */
  public void add(int owner, String text) {
    given.add(new Given(owner, Shingles.of(text)));
  }

  /** The owner of the first text that is nearly the same; -1 for none. */
  public int ownerOf(String text) {
    Shingles shingles = given.isEmpty() ? null : Shingles.of(text);
    for (Given one : given) {
      if (shingles != null
          && shingles.mostResemblance(one.shingles()) >= ALIKE
          && shingles.resemblance(one.shingles()) >= ALIKE) {
        return one.owner();
      }
    }
    return -1;
  }
}
