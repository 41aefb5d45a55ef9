package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.filter.Filter;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.transform.Queries;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ranks the chunks of one snapshot for a query: embed, search, fuse, look closely at the best. */
final class QueryRanking {
  private final Embedder embedder;
  private final Known known;
  private final CorpusSnapshot snapshot;
  private final RetrievalSpec spec;
  private final int pool;
  private final Trace trace;
  private final Stages stages;
  private final Call call;

  /** What can be done of what is asked for. */
  private final Mode mode;

  /** Of the first query. */
  private @Nullable QuestionEmbedding embedded;

  /**
   * @param pool how many of the best must stay
   * @throws RagException FAILED_PRECONDITION when the store cannot search as it must
   */
  QueryRanking(
      Embedder embedder,
      Known known,
      CorpusSnapshot snapshot,
      RetrievalSpec spec,
      int pool,
      Trace trace,
      Stages stages,
      Call call) {
    this.embedder = embedder;
    this.known = known;
    this.snapshot = snapshot;
    this.spec = spec;
    this.pool = pool;
    this.trace = trace;
    this.stages = stages;
    this.call = call;
    this.mode = possible(spec.mode(), snapshot);
  }

  private static Mode possible(Mode asked, CorpusSnapshot snapshot) {
    if (snapshot.searchesWords() || asked == Mode.DENSE) {
      return asked;
    }
    if (asked == Mode.LEXICAL) {
      throw RagException.failedPrecondition(
          "LEXICAL_SEARCH_UNSUPPORTED",
          snapshot.corpus().id().resourceName(),
          "the store cannot search by words; ask by vectors (DENSE), or take a store that can");
    }
    return Mode.DENSE;
  }

  /** How it searches, which is not as it was asked to where the store cannot search by words. */
  Mode mode() {
    return mode;
  }

  /** The best chunks of the documents that a filter lets pass, best first. */
  List<FusedCandidate> rank(Queries query, Filter filter) {
    QuestionEmbedding embedding = mode == Mode.LEXICAL ? null : embed(query);
    embedded = embedded == null ? embedding : embedded;
    Candidates candidates = search(query.question(), embedding, filter);
    List<FusedCandidate> ranking = fuse(candidates, embedding);
    return embedding != null
            && mode == Mode.HYBRID
            && spec.fusion() instanceof Fusion.Evidence evidence
        ? lookClosely(ranking, query.question(), embedding, evidence)
        : ranking;
  }

  /** The vector of the first query; null before it was ranked for, and in a search by words. */
  @Nullable QuestionEmbedding embedding() {
    return embedded;
  }

  private QuestionEmbedding embed(Queries query) {
    return stages.run(
        "embed",
        embedding ->
            "%s, knows %.0f %% of the question"
                .formatted(embedder.model().name(), 100 * embedding.coverage()),
        () ->
            new QuestionWorth(embedder, known.fits(), snapshot.languages(), call)
                .of(query.question(), Hypothesis.join(embedder, query, call)));
  }

  private Candidates search(String question, @Nullable QuestionEmbedding embedding, Filter filter) {
    String text = mode == Mode.DENSE ? null : question;
    float[] vector = embedding == null ? null : embedding.vector();
    CandidateQuery query = new CandidateQuery(vector, text, spec.candidates(), filter);
    Candidates found = stages.run("search", this::found, () -> snapshot.search(query));
    trace.found(RankingStage.DENSE, found.dense());
    trace.found(RankingStage.LEXICAL, found.lexical());
    return found;
  }

  private String found(Candidates found) {
    String counts = "%d dense, %d lexical".formatted(found.dense().size(), found.lexical().size());
    return mode == spec.mode() ? counts : counts + " (the store cannot search by words)";
  }

  private List<FusedCandidate> fuse(Candidates candidates, @Nullable QuestionEmbedding embedding) {
    Fusion.Weighted first =
        embedding == null
            ? Fusion.Weighted.DEFAULT
            : Fusion.Weighted.DEFAULT.scaled(embedding.coverage(), embedding.stretch());
    Object by = mode == Mode.HYBRID ? spec.fusion() : mode.name().toLowerCase(Locale.ROOT);
    List<FusedCandidate> fused =
        stages.run(
            "fuse",
            ranked -> "%s, %d candidates".formatted(by, ranked.size()),
            () -> Fuser.fuse(candidates, mode, spec.fusion(), first));
    trace.ranked(RankingStage.FUSED, fused);
    return fused;
  }

  private List<FusedCandidate> lookClosely(
      List<FusedCandidate> first,
      String question,
      QuestionEmbedding embedding,
      Fusion.Evidence evidence) {
    int most = Math.min(Math.max(evidence.candidates(), pool), first.size());
    List<FusedCandidate> best = first.subList(0, most);
    trace.dropped(first.subList(most, first.size()), DropReason.NOT_IN_POOL);
    EvidenceRanking ranking = new EvidenceRanking(snapshot, question, embedding, known, call);
    List<FusedCandidate> second =
        stages.run(
            "evidence",
            ranked -> "%d passages by %s".formatted(ranked.size(), ranking.weights()),
            () -> ranking.rank(best, bestLexical(first)));
    trace.ranked(RankingStage.EVIDENCE, second);
    return second;
  }

  /** The best BM25 of any, 0 for none. */
  static double bestLexical(List<FusedCandidate> candidates) {
    double best = 0;
    for (FusedCandidate candidate : candidates) {
      Double lexical = candidate.scores().lexical();
      best = lexical == null ? best : Math.max(best, lexical);
    }
    return best;
  }
}
