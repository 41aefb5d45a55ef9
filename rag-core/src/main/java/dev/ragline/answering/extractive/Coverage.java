package dev.ragline.answering.extractive;

import dev.ragline.document.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much of a question's words a text holds, rare words counting more. Rareness is that among the
 * sentences at hand in the text's language, by BM25's idf (Robertson and Zaragoza, 2009).
 */
final class Coverage {
  /** The question's words as each language has them. */
  private final Map<Language, Weights> weights = new HashMap<>();

  private record Weights(Map<String, Double> byStem, double total) {
    static Weights of(Set<String> question, List<Sentence> sentences) {
      Map<String, Double> byStem =
          question.stream()
              .collect(Collectors.toMap(Function.identity(), stem -> idf(stem, sentences)));
      return new Weights(byStem, byStem.values().stream().mapToDouble(w -> w).sum());
    }

    private static double idf(String stem, List<Sentence> sentences) {
      long holding = sentences.stream().filter(s -> s.stems().contains(stem)).count();
      return Math.log1p((sentences.size() - holding + 0.5) / (holding + 0.5));
    }
  }

  Coverage(String question, List<Sentence> sentences) {
    sentences.stream()
        .collect(Collectors.groupingBy(sentence -> sentence.section().language()))
        .forEach(
            (language, those) ->
                weights.put(language, Weights.of(Stems.of(question, language), those)));
  }

  /** The share that a sentence covers, 0…1; 0 for a question without words. */
  double of(Sentence sentence) {
    return covered(sentence.stems(), sentence.section().language());
  }

  /** The share that a heading covers. */
  double of(Section section) {
    return covered(section.stems(), section.language());
  }

  private double covered(Set<String> stems, Language language) {
    Weights question = weights.get(language);
    if (question == null || question.total == 0) {
      return 0;
    }
    double covered = 0;
    for (Map.Entry<String, Double> weight : question.byStem.entrySet()) {
      covered += stems.contains(weight.getKey()) ? weight.getValue() : 0;
    }
    return covered / question.total;
  }
}
