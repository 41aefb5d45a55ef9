package dev.ragline.answering;

import dev.ragline.document.GroundingSettings;

/**
 * What an answer must rest on.
 *
 * @param gate when to answer at all; what it leaves open, the corpus says
 * @param unsupported what becomes of an answer of which no sentence is supported
 */
public record GroundingSpec(GroundingSettings gate, Unsupported unsupported) {
  /** What a question gets that asks for nothing else. */
  public static final GroundingSpec DEFAULT =
      new GroundingSpec(GroundingSettings.DEFAULT, Unsupported.MARK);

  /** What becomes of an answer that its passages do not support. */
  public enum Unsupported {
    /** It is given with a warning. */
    MARK,
    /** It is thrown away; until it was checked, nothing of it is given. */
    ABSTAIN
  }
}
