package dev.ragline.ranking;

import java.util.List;

/**
 * A passage as it is compared with a question.
 *
 * @param whole all of it
 * @param sentences its parts that make sense alone
 */
public record PassageText(String whole, List<String> sentences) {
  public PassageText {
    sentences = List.copyOf(sentences);
  }
}
