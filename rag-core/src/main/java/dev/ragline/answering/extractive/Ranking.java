package dev.ragline.answering.extractive;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Scores sentences by how likely they answer; a pure function of what it is given. */
final class Ranking {
  /** Nothing that shares no word with the question and is less close to it can answer it. */
  static final double UNRELATED_COSINE = 0.25;

  /** From this on a heading asks what the user asks. */
  private static final double SAME_QUESTION = 0.6;

  /** Best first; of equal ones the better passage's, then the earlier. */
  static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble((Scored scored) -> -scored.score())
          .thenComparing(Scored::sentence, Sentence.IN_TEXT);

  private final Coverage coverage;
  private final Map<String, Double> cosines;
  private final double[] passages;

  /**
   * A sentence with its score.
   *
   * @param score cosine, coverage and passage, each at most 1, and the heading's match
   * @param related whether it has anything to do with the question
   * @param underQuestion whether its heading asks what the user asks
   */
  record Scored(Sentence sentence, double score, boolean related, boolean underQuestion) {}

  /**
   * @param cosines closeness to the question by text, of sentences and headings; others count 0
   * @param passages each passage's score, 0…1
   */
  Ranking(Coverage coverage, Map<String, Double> cosines, double[] passages) {
    this.coverage = coverage;
    this.cosines = Map.copyOf(cosines);
    this.passages = passages.clone();
  }

  /** All sentences, best first. */
  List<Scored> of(List<Sentence> sentences) {
    return sentences.stream().map(this::score).sorted(BEST_FIRST).toList();
  }

  private Scored score(Sentence sentence) {
    Section section = sentence.section();
    double cosine = cosine(sentence.text());
    double covered = coverage.of(sentence);
    double headingCosine = cosine(section.heading());
    double headingCovered = coverage.of(section);
    double heading = (Math.max(0, headingCosine) + headingCovered) / 2;
    double closest = Math.max(cosine, headingCosine);
    boolean related = covered + headingCovered > 0 || closest >= UNRELATED_COSINE;
    double score = cosine + covered + passages[section.passage()] + heading;
    return new Scored(sentence, score, related, heading >= SAME_QUESTION);
  }

  private double cosine(String text) {
    return cosines.getOrDefault(text, 0.0);
  }
}
