package dev.ragline.transform;

import dev.ragline.document.RagException;

/** Something that was said before the question. */
public record Turn(Role role, String text) {
  /** Who speaks. */
  public enum Role {
    /** Who asks. */
    USER,
    /** Who answers. */
    ASSISTANT
  }

  public Turn {
    if (text.isBlank()) {
      throw RagException.invalid("text", "is empty");
    }
  }
}
