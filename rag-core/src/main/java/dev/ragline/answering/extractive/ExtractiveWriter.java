package dev.ragline.answering.extractive;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.QuotablePassage.Quote;
import dev.ragline.answering.Words;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.Deadline;
import dev.ragline.embedding.Embedder;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Answers by quoting a few sentences of the passages, as a reader sees them, without a language
 * model (see {@link Selection} for which). It abstains when no sentence has anything to do with the
 * question.
 */
public final class ExtractiveWriter implements AnswerWriter {
  private static final String NAME = "extractive";

  /** Texts that are embedded for one question, headings included: they are what costs time. */
  private static final int MOST_EMBEDDED = 24;

  private final Embedder embedder;

  /**
   * @param embedder stays open when the writer is closed
   */
  public ExtractiveWriter(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Outcome write(Assignment assignment, Deadline deadline, Draft draft) {
    List<String> ignored = assignment.generation().named();
    if (!ignored.isEmpty()) {
      draft.warn(
          "GENERATION_IGNORED",
          "the answer is quoted, as no language model is configured; passed over: "
              + String.join(", ", ignored));
    }
    return write(assignment.question(), assignment.passages(), deadline, draft);
  }

  @Override
  public Outcome write(String question, List<Passage> passages, Deadline deadline, Draft draft) {
    List<Sentence> sentences =
        IntStream.range(0, passages.size())
            .boxed()
            .flatMap(i -> Outline.of(i, passages.get(i)).stream())
            .toList();
    Coverage coverage = new Coverage(question, sentences);
    List<Sentence> promising = mostPromising(sentences, coverage);
    Map<String, Double> cosines = cosines(question, promising, deadline);
    deadline.check("choose sentences");
    Ranking ranking = new Ranking(coverage, cosines, passageScores(passages));
    List<Ranking.Scored> ranked = ranking.of(promising);
    if (ranked.stream().noneMatch(Ranking.Scored::related)) {
      return new Outcome(Answer.State.ABSTAINED, NAME, TokenUsage.NONE);
    }
    for (Sentence sentence : Selection.of(ranked)) {
      quote(sentence, passages.get(sentence.section().passage()), draft);
    }
    return new Outcome(Answer.State.COMPLETE, NAME, TokenUsage.NONE);
  }

  private static void quote(Sentence sentence, Passage passage, Draft draft) {
    if (draft.length() > 0) {
      draft.text(" ");
    }
    long start = draft.length();
    draft.text(sentence.text());
    ByteRange claim = new ByteRange(start, draft.length());
    Set<String> words = Words.content(sentence.text());
    double support = Words.support(words, Set.copyOf(Words.all(sentence.text())));
    Chunk chunk =
        passage.chunks().stream()
            .filter(one -> one.id().ordinal() == sentence.chunk())
            .findFirst()
            .orElseThrow();
    draft.cite(new Quote(chunk, sentence.span(), support).cite(claim, passage));
  }

  /** The sentences that share most with the question, as many as may be embedded. */
  private static List<Sentence> mostPromising(List<Sentence> sentences, Coverage coverage) {
    List<Sentence> byWords =
        sentences.stream()
            .sorted(Comparator.comparingDouble(s -> -coverage.of(s) - coverage.of(s.section())))
            .toList();
    Set<String> texts = new LinkedHashSet<>();
    List<Sentence> taken = new ArrayList<>();
    for (Sentence sentence : byWords) {
      texts.addAll(textsOf(sentence));
      if (texts.size() > MOST_EMBEDDED) {
        break;
      }
      taken.add(sentence);
    }
    return taken;
  }

  private Map<String, Double> cosines(
      String question, List<Sentence> sentences, Deadline deadline) {
    SequencedSet<String> texts = new LinkedHashSet<>();
    sentences.forEach(sentence -> texts.addAll(textsOf(sentence)));
    if (texts.isEmpty()) {
      return Map.of();
    }
    deadline.check("embed the question");
    float[] vector = embedder.embedQuestion(question, deadline).vector();
    deadline.check("embed sentences");
    List<float[]> vectors = embedder.embedPassages(List.copyOf(texts), deadline);
    Map<String, Double> cosines = new HashMap<>();
    int i = 0;
    for (String text : texts) {
      cosines.put(text, dot(vector, vectors.get(i++)));
    }
    return cosines;
  }

  private static List<String> textsOf(Sentence sentence) {
    String heading = sentence.section().heading();
    return heading.isEmpty() ? List.of(sentence.text()) : List.of(heading, sentence.text());
  }

  /** Each passage's score, the reranker's where it read all of them, as a share of the best's. */
  private static double[] passageScores(List<Passage> passages) {
    boolean reranked = passages.stream().allMatch(p -> p.scores().rerank() != null);
    ToDoubleFunction<Passage> score =
        p -> {
          Double rerank = p.scores().rerank();
          return reranked && rerank != null ? rerank : p.scores().fused();
        };
    double best = passages.stream().mapToDouble(score).max().orElse(0);
    return passages.stream()
        .mapToDouble(p -> best > 0 ? Math.max(0, score.applyAsDouble(p) / best) : 1.0 / p.rank())
        .toArray();
  }

  /** The cosine, as both vectors have length 1. */
  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Override
  public void close() {}
}
