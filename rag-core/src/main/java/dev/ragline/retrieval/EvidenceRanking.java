package dev.ragline.retrieval;

import dev.ragline.analysis.Question;
import dev.ragline.call.Call;
import dev.ragline.document.Chunk;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.Vectors;
import dev.ragline.ranking.TextMatch;
import dev.ragline.ranking.TextMatcher;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks closely at the passages that a first ranking put in front, and may rank them anew. Without
 * a vector of the question it looks at words only.
 */
final class EvidenceRanking {
  private final CorpusSnapshot snapshot;
  private final String question;
  private final @Nullable QuestionEmbedding embedding;
  private final EvidenceWeights weights;
  private final Known known;
  private final Call call;

  EvidenceRanking(
      CorpusSnapshot snapshot,
      String question,
      @Nullable QuestionEmbedding embedding,
      Known known,
      Call call) {
    this.known = known;
    this.call = call;
    this.snapshot = snapshot;
    this.question = question;
    this.embedding = embedding;
    boolean spaced = Question.isSpaced(question);
    this.weights =
        embedding == null
            ? EvidenceWeights.of(0, 1, spaced)
            : EvidenceWeights.of(embedding.coverage(), embedding.stretch(), spaced);
  }

  EvidenceWeights weights() {
    return weights;
  }

  /**
   * Ranks, best first.
   *
   * @param bestLexical the best BM25 of all that was found, 0 for none
   */
  List<FusedCandidate> rank(List<FusedCandidate> first, double bestLexical) {
    List<Evidence> evidence = look(first, bestLexical);
    List<FusedCandidate> ranked = new ArrayList<>(first.size());
    for (int i = 0; i < first.size(); i++) {
      Scores scores = first.get(i).scores();
      double fused = weights.sum(evidence.get(i));
      Scores seen = new Scores(scores.dense(), scores.lexical(), evidence.get(i), fused);
      ranked.add(new FusedCandidate(first.get(i).chunk(), seen));
    }
    ranked.sort(Fuser.BEST_FIRST);
    return ranked;
  }

  /** What the texts say, in the order of the candidates. */
  List<Evidence> look(List<FusedCandidate> first, double bestLexical) {
    List<Chunk> chunks = first.stream().map(FusedCandidate::chunk).toList();
    // Reading may wait for another process; comparing takes a core.
    List<ChunkVectors> vectors = snapshot.vectors(chunks.stream().map(Chunk::id).toList());
    return known.compute().run("evidence", call, () -> look(first, chunks, vectors, bestLexical));
  }

  private List<Evidence> look(
      List<FusedCandidate> first,
      List<Chunk> chunks,
      List<ChunkVectors> vectors,
      double bestLexical) {
    List<TextMatch> matches =
        new TextMatcher(question).match(chunks.stream().map(known.passages()::of).toList());
    double mostWords = matches.stream().mapToDouble(TextMatch::words).max().orElse(0);
    List<Evidence> seen = new ArrayList<>(first.size());
    for (int i = 0; i < first.size(); i++) {
      Double found = first.get(i).scores().lexical();
      double lexical = found == null || bestLexical <= 0 ? 0 : found / bestLexical * mostWords;
      seen.add(evidence(vectors.get(i), lexical, matches.get(i)));
    }
    return seen;
  }

  private Evidence evidence(ChunkVectors vectors, double lexical, TextMatch match) {
    if (embedding == null) {
      return new Evidence(0, 0, lexical, match.words(), match.phrases());
    }
    double passage = Vectors.cosine(embedding.vector(), vectors.vector());
    double sentence =
        vectors.sentences().count() == 0
            ? passage
            : vectors.sentences().nearest(embedding.vector());
    return new Evidence(passage, sentence, lexical, match.words(), match.phrases());
  }
}
