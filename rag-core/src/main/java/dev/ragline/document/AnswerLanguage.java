package dev.ragline.document;

import java.util.IllformedLocaleException;
import java.util.Locale;

/**
 * The language that an answer is asked for in: a tag of BCP 47 such as {@code de} or {@code pt-BR},
 * or {@code question} for the question's own.
 */
public record AnswerLanguage(String tag) {
  /** Whatever the question is in. */
  public static final AnswerLanguage OF_QUESTION = new AnswerLanguage("question");

  /**
   * @throws RagException INVALID_ARGUMENT for the field {@code answer_language}
   */
  public AnswerLanguage {
    if (!tag.equals("question") && name(tag).isEmpty()) {
      throw RagException.invalid(
          "answer_language",
          "'%s' is no language's tag, as de or pt-BR, nor question".formatted(tag));
    }
  }

  /** What a language model is told. */
  public String instruction() {
    return tag.equals("question")
        ? "Answer in the language of the question, whatever language the pieces are in."
        : "Answer in %s, whatever language the question is in.".formatted(name(tag));
  }

  /** Its English name; empty for no language. */
  private static String name(String tag) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      String language = locale.getLanguage();
      boolean known =
          !language.isEmpty()
              && !language.equals("und")
              && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language);
      return known ? locale.getDisplayName(Locale.ENGLISH) : "";
    } catch (IllformedLocaleException e) {
      return "";
    }
  }
}
