package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.filter.Filter;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.SentenceVectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what an answer needs to know beyond the passages, while the snapshot is open. */
final class GroundsFinder {
  /** Candidates that are looked at closely, as where passages are fused by evidence. */
  private static final int POOL = Fusion.Evidence.DEFAULT.candidates();

  /** So many chunks are read beside the passages. */
  private static final int MOST_ANNOUNCING = 16;

  private final CorpusSnapshot snapshot;
  private final String question;
  private final @Nullable QuestionEmbedding embedding;
  private final CosineScale scale;
  private final Known known;
  private final Call call;

  /**
   * @param embedding null in a search by words
   * @param scale where the cosines lie of the model that made it
   */
  GroundsFinder(
      CorpusSnapshot snapshot,
      String question,
      @Nullable QuestionEmbedding embedding,
      CosineScale scale,
      Known known,
      Call call) {
    this.known = known;
    this.call = call;
    this.snapshot = snapshot;
    this.question = question;
    this.embedding = embedding;
    this.scale = scale;
  }

  /**
   * Of passages that were found.
   *
   * @param ranking all candidates, best first; at least one
   */
  Grounds of(List<FusedCandidate> ranking, List<Passage> passages) {
    List<FusedCandidate> looked = looked(ranking);
    Map<ChunkId, Evidence> evidence = new HashMap<>();
    looked.forEach(
        candidate -> {
          Evidence seen = candidate.scores().evidence();
          if (seen != null) {
            evidence.put(candidate.chunk().id(), seen);
          }
        });
    LikenessView view = new LikenessView(snapshot, question, embedding, scale);
    Likeness likeness = known.compute().run("grounds", call, () -> view.of(looked));
    return new Grounds(
        snapshot.corpus().grounding(),
        false,
        likeness,
        embedding,
        scale,
        evidence,
        sentences(passages),
        announcing(passages));
  }

  /** The best with their evidence. */
  private List<FusedCandidate> looked(List<FusedCandidate> ranking) {
    List<FusedCandidate> best = ranking.subList(0, Math.min(POOL, ranking.size()));
    if (best.stream().allMatch(candidate -> candidate.scores().evidence() != null)) {
      return best;
    }
    List<Evidence> seen =
        new EvidenceRanking(snapshot, question, embedding, known, call)
            .look(best, QueryRanking.bestLexical(ranking));
    List<FusedCandidate> looked = new ArrayList<>(best.size());
    for (int i = 0; i < best.size(); i++) {
      Scores scores = best.get(i).scores();
      looked.add(
          new FusedCandidate(
              best.get(i).chunk(),
              new Scores(scores.dense(), scores.lexical(), seen.get(i), scores.fused())));
    }
    return looked;
  }

  private Map<ChunkId, SentenceVectors> sentences(List<Passage> passages) {
    if (embedding == null) {
      return Map.of();
    }
    List<ChunkId> ids =
        passages.stream().flatMap(passage -> passage.chunks().stream()).map(Chunk::id).toList();
    List<ChunkVectors> vectors = snapshot.vectors(ids);
    Map<ChunkId, SentenceVectors> sentences = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      sentences.put(ids.get(i), vectors.get(i).sentences());
    }
    return sentences;
  }

  /** Chunks that hold what announces those of passages; mostly they are few, if any. */
  private Map<ChunkId, Chunk> announcing(List<Passage> passages) {
    List<Chunk> own = passages.stream().flatMap(passage -> passage.chunks().stream()).toList();
    Set<ChunkId> known = own.stream().map(Chunk::id).collect(Collectors.toSet());
    Map<ChunkId, Chunk> announcing = new HashMap<>();
    own.stream()
        .flatMap(
            chunk ->
                chunk.leadIns().stream()
                    .map(leadIn -> new ChunkId(chunk.id().document(), leadIn.chunk())))
        .filter(id -> !known.contains(id))
        .distinct()
        .limit(MOST_ANNOUNCING)
        .forEach(
            id -> {
              call.check("read what announces passages");
              snapshot
                  .chunks(id.document(), id.ordinal(), 1)
                  .forEach(chunk -> announcing.put(chunk.id(), chunk));
            });
    return announcing;
  }

  /**
   * Of a search that found nothing: a search by vectors brings whatever the filter lets pass.
   *
   * @param mode how it searched
   */
  Grounds ofNothing(Filter filter, RetrievalSpec.Mode mode, Embedder embedder) {
    boolean filtered = !filter.equals(Filter.ALL);
    if (filtered && mode == RetrievalSpec.Mode.LEXICAL) {
      float[] vector = embedder.embedQuestion(question, call).vector();
      CandidateQuery any = CandidateQuery.byVector(vector, 1).filtered(filter);
      filtered = snapshot.search(any).dense().isEmpty();
    }
    return Grounds.nothing(snapshot.corpus().grounding(), filtered);
  }
}
