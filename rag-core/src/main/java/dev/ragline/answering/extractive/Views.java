package dev.ragline.answering.extractive;

import dev.ragline.answering.extractive.SentenceView.Sign;
import dev.ragline.ranking.NormalPassage;
import dev.ragline.ranking.PassageText;
import dev.ragline.ranking.TextMatch;
import dev.ragline.ranking.TextMatcher;
import dev.ragline.retrieval.Evidence;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at all sentences of the passages for one question. */
final class Views {
  private static final Evidence NONE = new Evidence(0, 0, 0, 0, 0);

  private final Retrieval found;
  private final List<Sentence> sentences;
  private final Coverage coverage;
  private final double[] cosines;
  private final double[] covered;
  private final List<TextMatch> matches;
  private final double bestCosine;
  private final double bestCovered;
  private final double bestPieces;
  private final QuestionKind kind;
  private final Signs.Finder signs;

  private Views(
      String question,
      Retrieval found,
      List<Sentence> sentences,
      Coverage coverage,
      Cosines cosines) {
    this.found = found;
    this.sentences = sentences;
    this.coverage = coverage;
    this.cosines = sentences.stream().mapToDouble(cosines::of).toArray();
    this.covered = sentences.stream().mapToDouble(coverage::of).toArray();
    this.matches =
        new TextMatcher(question)
            .match(
                sentences.stream()
                    .map(Sentence::textInContext)
                    .map(text -> NormalPassage.of(new PassageText(text, List.of(text))))
                    .toList());
    this.bestCosine = best(this.cosines);
    this.bestCovered = best(this.covered);
    this.bestPieces = best(matches.stream().mapToDouble(TextMatch::words).toArray());
    this.kind = QuestionKind.of(question);
    this.signs = new Signs.Finder(question);
  }

  /** One view of each sentence, in their order. */
  static List<SentenceView> of(
      String question,
      Retrieval found,
      List<Sentence> sentences,
      Coverage coverage,
      Cosines cosines) {
    Views views = new Views(question, found, sentences, coverage, cosines);
    List<SentenceView> all = new ArrayList<>(sentences.size());
    for (int from = 0, to; from < sentences.size(); from = to) {
      to = from;
      while (to < sentences.size() && views.passage(to) == views.passage(from)) {
        to++;
      }
      views.addPassage(from, to, all);
    }
    return all;
  }

  private static double best(double[] numbers) {
    double best = 0;
    for (double number : numbers) {
      best = Math.max(best, number);
    }
    return best;
  }

  private int passage(int sentence) {
    return sentences.get(sentence).section().passage();
  }

  private void addPassage(int from, int to, List<SentenceView> all) {
    Evidence evidence = evidence(found.passages().get(passage(from)));
    for (int i = from; i < to; i++) {
      SentenceView view = new SentenceView();
      view.put(Sign.PASSAGE_PHRASES, evidence.phrases())
          .put(Sign.PASSAGE_WORDS, evidence.words())
          .put(Sign.PASSAGE_LEXICAL, evidence.lexical())
          .put(Sign.PASSAGE_COSINE, scaled(evidence.passage()))
          .put(Sign.FIRST, i == from ? 1 : 0);
      addSentence(i, from, to, view);
      addAnswer(sentences.get(i), view);
      all.add(view);
    }
  }

  private double scaled(double cosine) {
    Grounds grounds = found.grounds();
    return grounds == null ? 0 : grounds.scale().of(cosine);
  }

  private Evidence evidence(Passage passage) {
    Grounds grounds = found.grounds();
    @Nullable Evidence seen = grounds == null ? null : grounds.evidence().get(passage.chunk().id());
    seen = seen == null ? passage.scores().evidence() : seen;
    return seen == null ? NONE : seen;
  }

  private void addSentence(int i, int from, int to, SentenceView view) {
    TextMatch match = matches.get(i);
    List<Sentence> around = sentences.subList(Math.max(from, i - 1), Math.min(to, i + 2));
    view.put(Sign.COSINE, cosines[i])
        .put(Sign.COSINE_SQUARED, cosines[i] * cosines[i])
        .put(Sign.COSINE_BEHIND, cosines[i] - bestCosine)
        .put(Sign.COSINE_BEFORE, i == from ? 0 : cosines[i - 1] - cosines[i])
        .put(Sign.COVERAGE, covered[i])
        .put(Sign.COVERAGE_BEHIND, covered[i] - bestCovered)
        .put(Sign.COVERAGE_AROUND, coverage.of(around))
        .put(Sign.PIECES, match.words())
        .put(Sign.PIECES_BEHIND, match.words() - bestPieces)
        .put(Sign.PHRASES, match.phrases());
  }

  private void addAnswer(Sentence sentence, SentenceView view) {
    Signs seen = signs.in(sentence.text());
    view.put(Sign.NAMES, seen.names());
    switch (kind) {
      case HOW_MANY -> view.put(Sign.NUMBER, seen.number() ? 1 : 0);
      case WHEN ->
          view.put(Sign.DATE, seen.date() ? 1 : 0).put(Sign.DATE_DIGITS, seen.digits() ? 1 : 0);
      case WHO -> view.put(Sign.PERSON, seen.names());
      case WHERE -> view.put(Sign.PLACE, seen.names());
      case HOW_TO, LIST, OTHER -> view.put(Sign.NAME, seen.names());
    }
  }
}
