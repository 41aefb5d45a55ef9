package dev.ragline.embedding;

import java.util.List;

/**
 * A passage with the places of its sentences.
 *
 * @param sentences in order, none overlapping another
 */
public record SentencedText(String text, List<Place> sentences) {
  /**
   * Where a sentence is.
   *
   * @param start its first char
   * @param end the char after its last
   */
  public record Place(int start, int end) {}

  public SentencedText {
    sentences = List.copyOf(sentences);
  }
}
