package dev.ragline.server.config;

import static dev.ragline.server.config.ConfigException.require;

import dev.ragline.admission.AdmissionLimits;
import dev.ragline.answering.GenerationLimits;
import java.util.List;

/**
 * What questions and answers may take; 0, or empty, for no limit beside those of every request.
 *
 * @param contextTokens of a prompt and its answer together, for all language models; 0 for what is
 *     known of each
 * @param maxAnswerTokens the most that an answer may be asked for, and what is asked for where
 *     nobody says
 * @param models that questions and corpora may name in place of the configured ones; empty for any
 * @param maxPassages that a question may ask for
 * @param maxHistoryBytes of all turns of a history together
 * @param questionsPerMinute of all corpora together
 * @param corpusQuestionsPerMinute of each corpus
 * @param llmTokensPerMinute that language models may read and write for all corpora together
 * @param corpusLlmTokensPerMinute the same for each corpus
 */
public record LimitsConfig(
    int contextTokens,
    int maxAnswerTokens,
    List<String> models,
    int maxPassages,
    int maxHistoryBytes,
    int questionsPerMinute,
    int corpusQuestionsPerMinute,
    int llmTokensPerMinute,
    int corpusLlmTokensPerMinute) {
  public static final LimitsConfig DEFAULT =
      new LimitsConfig(0, 0, List.of(), 100, 256 << 10, 0, 0, 0, 0);

  private static final int SMALLEST_CONTEXT = 512;

  public LimitsConfig {
    models = List.copyOf(models);
    require(models.stream().noneMatch(String::isBlank), "limits.models", "has an empty entry");
    require(
        contextTokens == 0 || contextTokens >= SMALLEST_CONTEXT,
        "limits.context-tokens",
        "is less than " + SMALLEST_CONTEXT);
    require(maxAnswerTokens >= 0, "limits.max-answer-tokens", "is less than 0");
    require(maxPassages >= 0 && maxPassages <= 100, "limits.max-passages", "is not 0 to 100");
    require(maxHistoryBytes >= 0, "limits.max-history-bytes", "is less than 0");
    require(questionsPerMinute >= 0, "limits.questions-per-minute", "is less than 0");
    require(corpusQuestionsPerMinute >= 0, "limits.corpus-questions-per-minute", "is less than 0");
    require(llmTokensPerMinute >= 0, "limits.llm-tokens-per-minute", "is less than 0");
    require(corpusLlmTokensPerMinute >= 0, "limits.corpus-llm-tokens-per-minute", "is less than 0");
  }

  /** What answers may take. */
  public GenerationLimits generation() {
    return new GenerationLimits(contextTokens, maxAnswerTokens, models);
  }

  /** What questions may take. */
  public AdmissionLimits admission() {
    return new AdmissionLimits(
        maxPassages,
        maxHistoryBytes,
        questionsPerMinute,
        corpusQuestionsPerMinute,
        llmTokensPerMinute,
        corpusLlmTokensPerMinute);
  }
}
