package dev.ragline.server.doctor;

/**
 * Something that was found out.
 *
 * @param text what it is and what to do, in sentences
 */
public record Finding(Kind kind, String text) {
  /** How bad it is. */
  public enum Kind {
    /** Something does not work, or gives wrong results. */
    PROBLEM,
    /** Everything works, but not as one may think. */
    NOTE
  }
}
