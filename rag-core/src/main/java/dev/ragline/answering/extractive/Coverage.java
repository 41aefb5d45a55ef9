package dev.ragline.answering.extractive;

import dev.ragline.analysis.ContentWords;
import dev.ragline.document.Language;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How much of a question's content words a text holds, rare words counting more. Rareness is that
 * among the sentences at hand, by BM25's idf (Robertson and Zaragoza, 2009).
 */
final class Coverage {
  private final ContentWords question;
  private final Map<Sentence, BitSet> found;
  private final double[] weights;
  private final double total;

  Coverage(String question, List<Sentence> sentences) {
    Map<Language, Long> languages =
        sentences.stream()
            .collect(Collectors.groupingBy(s -> s.section().language(), Collectors.counting()));
    this.question = ContentWords.of(question, languages);
    this.found =
        sentences.stream().distinct().collect(Collectors.toMap(Function.identity(), this::look));
    this.weights = new double[this.question.count()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      int word = i;
      long holding = sentences.stream().filter(s -> words(s).get(word)).count();
      weights[i] = Math.log1p((sentences.size() - holding + 0.5) / (holding + 0.5));
      sum += weights[i];
    }
    this.total = sum;
  }

  private BitSet look(Sentence sentence) {
    return question.in(sentence.words(), sentence.section().language());
  }

  private BitSet words(Sentence sentence) {
    return found.getOrDefault(sentence, new BitSet());
  }

  /** The share that a sentence covers, 0…1; 0 for a question without words. */
  double of(Sentence sentence) {
    return share(words(sentence));
  }

  /** The share that some sentences cover together. */
  double of(Collection<Sentence> sentences) {
    BitSet all = new BitSet();
    sentences.forEach(sentence -> all.or(words(sentence)));
    return share(all);
  }

  /** The share that a heading covers. */
  double of(Section section) {
    return share(question.in(section.words(), section.language()));
  }

  /** Whether a text's language may be the question's own. */
  boolean isOwn(Language language) {
    return question.own().contains(language);
  }

  private double share(BitSet words) {
    return total == 0 ? 0 : words.stream().mapToDouble(word -> weights[word]).sum() / total;
  }
}
