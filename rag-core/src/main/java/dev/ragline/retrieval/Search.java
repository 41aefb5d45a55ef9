package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.Warning;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.filter.Filter;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.transform.Queries;
import java.util.ArrayList;
import java.util.List;

/**
 * One question to one snapshot: a ranking for each of its queries, joined, reranked, and passages
 * chosen of it.
 */
final class Search {
  private static final Warning NO_WORDS =
      new Warning(
          "LEXICAL_SEARCH_UNSUPPORTED",
          "the store cannot search by words: the passages were found by vectors only");

  private final Embedder embedder;
  private final Known known;
  private final Reranking reranking;
  private final CorpusSnapshot snapshot;
  private final Queries queries;
  private final RetrievalSpec spec;
  private final Stages stages;
  private final Call call;
  private final Trace trace;
  private final QueryRanking ranker;

  Search(
      Embedder embedder,
      Known known,
      Reranking reranking,
      CorpusSnapshot snapshot,
      Queries queries,
      RetrievalSpec spec,
      Stages stages,
      Call call) {
    this.embedder = embedder;
    this.known = known;
    this.reranking = reranking;
    this.snapshot = snapshot;
    this.queries = queries;
    this.spec = spec;
    this.stages = stages;
    this.call = call;
    this.trace = new Trace(spec.explain());
    int pool = Math.max(spec.pool(), reranking.wanted(spec));
    this.ranker = new QueryRanking(embedder, known, snapshot, spec, pool, trace, stages, call);
  }

  /** Searches the documents that a filter lets pass. */
  Retrieval run(Filter filter) {
    List<FusedCandidate> ranking = joined(filter);
    Reranked reranked = reranking.rerank(queries.question(), ranking, spec, stages, call);
    trace.ranked(RankingStage.RERANK, reranked.front());
    Chosen chosen = choose(reranked.ranking());
    trace.chosen(chosen);
    List<Warning> warnings = new ArrayList<>(reranked.warnings());
    if (ranker.mode() != spec.mode()) {
      warnings.addFirst(NO_WORDS);
    }
    List<Passage> passages = chosen.passages();
    Grounds grounds = spec.grounds() ? grounds(filter, ranking, passages) : null;
    return new Retrieval(
        passages,
        false,
        warnings,
        stages.done(),
        null,
        trace.done(),
        null,
        snapshot.corpus().generation(),
        grounds);
  }

  private Grounds grounds(Filter filter, List<FusedCandidate> ranking, List<Passage> passages) {
    return stages.run(
        "grounds",
        Grounds::summary,
        () -> {
          QuestionEmbedding embedding = ranker.embedding();
          CosineScale scale =
              embedding == null ? CosineScale.NONE : known.scales().of(embedder, call);
          var finder =
              new GroundsFinder(snapshot, queries.question(), embedding, scale, known, call);
          return ranking.isEmpty()
              ? finder.ofNothing(filter, ranker.mode(), embedder)
              : finder.of(ranking, passages);
        });
  }

  /** The ranking for the question, joined with those for the further queries. */
  private List<FusedCandidate> joined(Filter filter) {
    List<List<FusedCandidate>> rankings = new ArrayList<>();
    rankings.add(ranker.rank(queries, filter));
    for (String further : queries.further()) {
      rankings.add(ranker.rank(Queries.only(further), filter));
    }
    if (rankings.size() == 1) {
      return rankings.getFirst();
    }
    return stages.run(
        "join",
        joined -> "%d queries, %d candidates".formatted(rankings.size(), joined.size()),
        () -> Rankings.join(rankings));
  }

  private Chosen choose(List<FusedCandidate> ranking) {
    Expansion expansion = spec.expansion() == null ? Expansion.NONE : spec.expansion();
    Expander expander = new Expander(snapshot, expansion, embedder::countTokens);
    Chooser chooser = new Chooser(snapshot, spec.selection(), spec.limit(), expander, call);
    return spec.selection().equals(Selection.DEFAULT) && !expansion.adds()
        ? chooser.choose(ranking)
        : stages.run("select", Chosen::summary, () -> chooser.choose(ranking));
  }
}
