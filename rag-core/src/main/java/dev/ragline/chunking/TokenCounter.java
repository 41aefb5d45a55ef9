package dev.ragline.chunking;

/** Counts as the corpus's embedding model does, so that a chunk that fits here fits there. */
@FunctionalInterface
public interface TokenCounter {
  /** Tokens of a text, without the model's special tokens. */
  int count(String text);
}
