package dev.ragline.answering.extractive;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much of a question's words a text holds, rare words counting more. Rareness is that among the
 * sentences at hand, by BM25's idf (Robertson and Zaragoza, 2009).
 */
final class Coverage {
  private final Map<String, Double> weights;
  private final double total;

  Coverage(Set<String> question, List<Sentence> sentences) {
    this.weights =
        question.stream()
            .collect(Collectors.toMap(Function.identity(), stem -> idf(stem, sentences)));
    this.total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The covered share, 0…1; 0 for a question without words. */
  double of(Set<String> stems) {
    if (total == 0) {
      return 0;
    }
    double covered = 0;
    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      covered += stems.contains(weight.getKey()) ? weight.getValue() : 0;
    }
    return covered / total;
  }

  private static double idf(String stem, List<Sentence> sentences) {
    long holding = sentences.stream().filter(s -> s.stems().contains(stem)).count();
    return Math.log1p((sentences.size() - holding + 0.5) / (holding + 0.5));
  }
}
