package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question's words.
 *
 * @param words each different one, in order
 * @param own of the corpus's languages those that the question may be in; all where it does not
 *     tell
 */
public record Question(List<QuestionWord> words, Set<Language> own) {
  public Question {
    words = List.copyOf(words);
    own = Set.copyOf(own);
  }

  /**
   * Analyses a question. It is too short to tell its language for sure, and may ask for what stands
   * in another one; so each word is brought to the form of each language that the corpus has
   * documents in.
   *
   * @param corpus how many documents of each language the corpus has
   * @param most words at most; the rest of the question is passed over
   */
  public static Question of(String text, Map<Language, Long> corpus, int most) {
    return new QuestionAnalysis(text, corpus, most).question();
  }
}
