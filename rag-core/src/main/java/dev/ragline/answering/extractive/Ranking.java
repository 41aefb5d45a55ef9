package dev.ragline.answering.extractive;

import dev.ragline.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Scores sentences by how likely they answer; a pure function of what was found. */
final class Ranking {
  /** From this on a heading asks what the user asks. */
  private static final double SAME_QUESTION = 0.6;

  /** What a heading that asks the user's question adds to its sentences, in logits. */
  private static final double HEADING = 6;

  /** What steps and commands gain where they are asked for, in logits. */
  private static final double STEPS = 2;

  /** What the sentence before a list gains where a list is asked for, in logits. */
  private static final double LIST = 1;

  /** What a sentence loses that is not in the question's language, in logits. */
  private static final double FOREIGN = 3;

  /** Best first; of equal ones the better passage's, then the earlier. */
  static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble((Scored scored) -> -scored.score())
          .thenComparing(Scored::sentence, Sentence.IN_TEXT);

  /**
   * A sentence with its score.
   *
   * @param score in logits: of two sentences that differ by x, one is e^x times as likely
   * @param underQuestion whether its heading asks what the user asks
   */
  record Scored(Sentence sentence, double score, boolean underQuestion) {}

  private Ranking() {}

  /** All sentences of passages that can answer, best first. */
  static List<Scored> of(String question, Retrieval found, Structure structure) {
    List<Sentence> sentences = structure.answering();
    QuestionKind kind = QuestionKind.of(question);
    Coverage coverage = new Coverage(question, sentences);
    Cosines cosines = Cosines.of(found);
    List<SentenceView> views = Views.of(question, found, sentences, coverage, cosines);
    List<Scored> ranking = new ArrayList<>(sentences.size());
    for (int i = 0; i < sentences.size(); i++) {
      Sentence sentence = sentences.get(i);
      Section section = sentence.section();
      double heading = heading(section, coverage, cosines);
      double score = SentenceWeights.sum(views.get(i), cosines.worth()) + HEADING * heading;
      double foreign = coverage.isOwn(section.language()) ? 0 : FOREIGN;
      double form = form(kind, structure, structure.placeOf(sentence));
      ranking.add(new Scored(sentence, score + form - foreign, heading >= SAME_QUESTION));
    }
    ranking.sort(BEST_FIRST);
    return ranking;
  }

  /** What is to be made of a sentence's place in the structure, in logits. */
  private static double form(QuestionKind kind, Structure structure, int place) {
    return switch (kind) {
      case HOW_TO -> structure.tellsHow(place) ? STEPS : 0;
      case LIST -> (structure.announcesList(place) ? LIST : 0) - code(structure, place);
      case HOW_MANY, WHEN, WHO, WHERE, OTHER -> -code(structure, place);
    };
  }

  /** What code loses where nothing is to be done: it holds many words and says little. */
  private static double code(Structure structure, int place) {
    return structure.at(place).kind() == Sentence.Kind.CODE ? STEPS : 0;
  }

  /** 0…1, how much a heading asks the user's question. */
  private static double heading(Section section, Coverage coverage, Cosines cosines) {
    if (section.heading().isEmpty()) {
      return 0;
    }
    double covered = coverage.of(section);
    double cosine = section.span() == null ? covered : Math.max(0, cosines.of(section));
    double worth = cosines.worth();
    return (worth * cosine + (1 - worth) * covered + covered) / 2;
  }
}
