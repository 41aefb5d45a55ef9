package dev.ragline.answering;

/**
 * What an answer must rest on.
 *
 * @param unsupported what becomes of an answer of which no sentence is supported
 */
public record GroundingSpec(Unsupported unsupported) {
  /** What a question gets that asks for nothing else. */
  public static final GroundingSpec DEFAULT = new GroundingSpec(Unsupported.MARK);

  /** What becomes of an answer that its passages do not support. */
  public enum Unsupported {
    /** It is given with a warning. */
    MARK,
    /** It is thrown away; until it was checked, nothing of it is given. */
    ABSTAIN
  }
}
