package dev.ragline.retrieval;

import dev.ragline.document.Chunk;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.Vectors;
import dev.ragline.ranking.TextMatch;
import dev.ragline.ranking.TextMatcher;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Looks closely at the passages that a first ranking put in front, and ranks them anew. */
final class EvidenceRanking {
  private final CorpusSnapshot snapshot;
  private final String question;
  private final QuestionEmbedding embedding;
  private final EvidenceWeights weights;
  private final NormalPassages passages;

  EvidenceRanking(
      CorpusSnapshot snapshot,
      String question,
      QuestionEmbedding embedding,
      NormalPassages passages) {
    this.passages = passages;
    this.snapshot = snapshot;
    this.question = question;
    this.embedding = embedding;
    this.weights = EvidenceWeights.by(embedding.coverage());
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
    List<Chunk> chunks = first.stream().map(FusedCandidate::chunk).toList();
    List<ChunkVectors> vectors = snapshot.vectors(chunks.stream().map(Chunk::id).toList());
    List<TextMatch> matches =
        new TextMatcher(question).match(chunks.stream().map(passages::of).toList());
    double mostWords = matches.stream().mapToDouble(TextMatch::words).max().orElse(0);
    List<FusedCandidate> ranked = new ArrayList<>(first.size());
    for (int i = 0; i < first.size(); i++) {
      Scores scores = first.get(i).scores();
      double lexical =
          scores.lexical() == null || bestLexical <= 0
              ? 0
              : scores.lexical() / bestLexical * mostWords;
      Evidence evidence = evidence(vectors.get(i), lexical, matches.get(i));
      double fused = weights.sum(evidence);
      Scores seen = new Scores(scores.dense(), scores.lexical(), evidence, fused);
      ranked.add(new FusedCandidate(chunks.get(i), seen));
    }
    ranked.sort(Fuser.BEST_FIRST);
    return ranked;
  }

  private Evidence evidence(ChunkVectors vectors, double lexical, TextMatch match) {
    double passage = Vectors.cosine(embedding.vector(), vectors.vector());
    double sentence =
        vectors.sentences().count() == 0
            ? passage
            : vectors.sentences().nearest(embedding.vector());
    return new Evidence(passage, sentence, lexical, match.words(), match.phrases());
  }
}
