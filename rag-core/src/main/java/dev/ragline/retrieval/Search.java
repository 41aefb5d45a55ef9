package dev.ragline.retrieval;

import dev.ragline.document.Deadline;
import dev.ragline.document.Stages;
import dev.ragline.document.Warning;
import dev.ragline.embedding.Embedder;
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
  private final Reranking reranking;
  private final CorpusSnapshot snapshot;
  private final Queries queries;
  private final RetrievalSpec spec;
  private final Stages stages;
  private final Deadline deadline;
  private final Trace trace;
  private final QueryRanking ranker;

  Search(
      Embedder embedder,
      NormalPassages known,
      Reranking reranking,
      CorpusSnapshot snapshot,
      Queries queries,
      RetrievalSpec spec,
      Stages stages,
      Deadline deadline) {
    this.embedder = embedder;
    this.reranking = reranking;
    this.snapshot = snapshot;
    this.queries = queries;
    this.spec = spec;
    this.stages = stages;
    this.deadline = deadline;
    this.trace = new Trace(spec.explain());
    int pool = Math.max(spec.pool(), reranking.wanted(spec));
    this.ranker = new QueryRanking(embedder, known, snapshot, spec, pool, trace, stages, deadline);
  }

  /** Searches the documents that a filter lets pass. */
  Retrieval run(Filter filter) {
    List<FusedCandidate> ranking = joined(filter);
    Reranked reranked = reranking.rerank(queries.question(), ranking, spec, stages, deadline);
    trace.ranked(RankingStage.RERANK, reranked.front());
    Chosen chosen = choose(reranked.ranking());
    trace.chosen(chosen);
    List<Warning> warnings = new ArrayList<>(reranked.warnings());
    if (ranker.mode() != spec.mode()) {
      warnings.addFirst(NO_WORDS);
    }
    return new Retrieval(chosen.passages(), false, warnings, stages.done(), null, trace.done());
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
    Chooser chooser = new Chooser(snapshot, spec.selection(), spec.limit(), expander, deadline);
    return spec.selection().equals(Selection.DEFAULT) && !expansion.adds()
        ? chooser.choose(ranking)
        : stages.run("select", Chosen::summary, () -> chooser.choose(ranking));
  }
}
