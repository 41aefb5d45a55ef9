package dev.ragline.generation;

/** Something that was said before, as a model is told of it. */
public record ChatTurn(Role role, String text) {
  /** Who speaks. */
  public enum Role {
    USER,
    ASSISTANT
  }
}
