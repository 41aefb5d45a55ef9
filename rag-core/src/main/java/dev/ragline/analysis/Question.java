package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question's words.
 *
 * @param words what it is searched by, each different one, in order
 * @param units what it is made of, each different one, in order: of an identifier the parts, any of
 *     which may be missing in a text, but no part of a number
 * @param own of the corpus's languages those that the question may be in; all where it does not
 *     tell
 */
public record Question(List<QuestionWord> words, List<QuestionWord> units, Set<Language> own) {
  /** Chars of a long question that are looked at, for each word that is wanted. */
  private static final int CHARS_A_WORD = 20;

  /** Words of a long question whose language is asked for. */
  private static final int WORDS_THAT_TELL = 64;

  public Question {
    words = List.copyOf(words);
    units = List.copyOf(units);
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
    String begin = text.substring(0, Math.min(text.length(), most * CHARS_A_WORD));
    String plain = Characters.plain(begin);
    Question question = new QuestionAnalysis(plain, corpus, most).question();
    return plain.equals(begin)
        ? question
        : question.alsoAs(new QuestionAnalysis(begin, corpus, most).question());
  }

  /** Documents of former versions have words with the characters that were typed. */
  private Question alsoAs(Question typed) {
    if (typed.words.size() != words.size()) {
      return this;
    }
    List<QuestionWord> both = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      both.add(words.get(i).alsoAs(typed.words.get(i).forms()));
    }
    return new Question(both, units, own);
  }

  /**
   * The language that a question is most likely in: that of its script, or the one among the
   * corpus's that its small words give away, or else the corpus's most frequent one in that script.
   * UNDETERMINED where nothing tells.
   *
   * @param corpus how many documents of each language the corpus has
   */
  public static Language language(String text, Map<Language, Long> corpus) {
    return new QuestionAnalysis(text, corpus, WORDS_THAT_TELL).language();
  }

  /** Whether most of a question is in scripts that put spaces between words. */
  public static boolean isSpaced(String text) {
    int unspaced = 0;
    for (Run run : Run.of(text, false)) {
      unspaced += Scripts.isUnspaced(run.script()) ? run.end() - run.start() : 0;
    }
    return 2 * unspaced <= text.length();
  }
}
