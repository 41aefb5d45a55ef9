package dev.ragline.evaluation;

import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param configurations the others are compared with the first
 * @param answers whether the questions are answered too
 * @param seed what resampling begins with
 */
public record EvaluationPlan(
    CorpusId corpus,
    List<Question> questions,
    List<Configuration> configurations,
    boolean answers,
    long seed) {
  /** Kinds are for reading; so many that nobody reads them are a mistake in the file. */
  private static final int MAX_KINDS = 100;

  public EvaluationPlan {
    questions = List.copyOf(questions);
    configurations = List.copyOf(configurations);
    if (questions.isEmpty()) {
      throw RagException.invalid("questions", "there are none");
    }
    if (configurations.isEmpty()) {
      throw RagException.invalid("configurations", "there are none");
    }
    if (questions.stream().map(Question::kind).distinct().count() > MAX_KINDS) {
      throw RagException.invalid("questions", "there are more than " + MAX_KINDS + " kinds");
    }
    Set<String> labels = new HashSet<>();
    for (Configuration configuration : configurations) {
      if (!labels.add(configuration.label())) {
        throw RagException.invalid(
            "configurations", "two have the label '%s'".formatted(configuration.label()));
      }
    }
  }
}
