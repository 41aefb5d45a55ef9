package dev.ragline.retrieval;

import dev.ragline.document.Deadline;
import dev.ragline.document.RagException;
import dev.ragline.document.Stages;
import dev.ragline.document.Warning;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.filter.Filter;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.CorpusSnapshot;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One question to one snapshot: embed, search, fuse, look closely at the best, and rerank. */
final class Search {
  private static final Warning NO_WORDS =
      new Warning(
          "LEXICAL_SEARCH_UNSUPPORTED",
          "the store cannot search by words: the passages were found by vectors only");

  private final Embedder embedder;
  private final Reranking reranking;
  private final CorpusSnapshot snapshot;
  private final String question;
  private final RetrievalSpec spec;
  private final Stages stages;
  private final Deadline deadline;
  private final Trace trace;
  private final List<Warning> warnings = new ArrayList<>();

  /** What can be done of what is asked for. */
  private final Mode mode;

  Search(
      Embedder embedder,
      Reranking reranking,
      CorpusSnapshot snapshot,
      String question,
      RetrievalSpec spec,
      Stages stages,
      Deadline deadline) {
    this.embedder = embedder;
    this.reranking = reranking;
    this.snapshot = snapshot;
    this.question = question;
    this.spec = spec;
    this.stages = stages;
    this.deadline = deadline;
    this.trace = new Trace(spec.explain());
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

  /** Searches the documents that a filter lets pass. */
  Retrieval run(Filter filter) {
    QuestionEmbedding embedding = mode == Mode.LEXICAL ? null : embed();
    Candidates candidates = search(embedding, filter);
    List<FusedCandidate> ranking = fuse(candidates);
    if (embedding != null
        && mode == Mode.HYBRID
        && spec.fusion() instanceof Fusion.Evidence evidence) {
      ranking = lookClosely(ranking, embedding, evidence);
    }
    ranking = rerank(ranking);
    Chosen chosen = choose(ranking);
    trace.chosen(chosen);
    return new Retrieval(chosen.passages(), false, warnings, stages.done(), trace.done());
  }

  private List<FusedCandidate> rerank(List<FusedCandidate> ranking) {
    Reranked reranked = reranking.rerank(question, ranking, spec, stages, deadline);
    trace.ranked(RankingStage.RERANK, reranked.front());
    warnings.addAll(reranked.warnings());
    return reranked.ranking();
  }

  private QuestionEmbedding embed() {
    return stages.run(
        "embed",
        embedding ->
            "%s, knows %.0f %% of the question"
                .formatted(embedder.model().name(), 100 * embedding.coverage()),
        () -> embedder.embedQuestion(question, deadline));
  }

  private Candidates search(@Nullable QuestionEmbedding embedding, Filter filter) {
    String text = mode == Mode.DENSE ? null : question;
    float[] vector = embedding == null ? null : embedding.vector();
    CandidateQuery query = new CandidateQuery(vector, text, spec.candidates(), filter);
    if (mode != spec.mode()) {
      warnings.add(NO_WORDS);
    }
    Candidates found = stages.run("search", this::found, () -> snapshot.search(query));
    trace.found(RankingStage.DENSE, found.dense());
    trace.found(RankingStage.LEXICAL, found.lexical());
    return found;
  }

  private String found(Candidates found) {
    String counts = "%d dense, %d lexical".formatted(found.dense().size(), found.lexical().size());
    return mode == spec.mode() ? counts : counts + " (the store cannot search by words)";
  }

  private List<FusedCandidate> fuse(Candidates candidates) {
    Object by = mode == Mode.HYBRID ? spec.fusion() : mode.name().toLowerCase(Locale.ROOT);
    List<FusedCandidate> fused =
        stages.run(
            "fuse",
            ranked -> "%s, %d candidates".formatted(by, ranked.size()),
            () -> Fuser.fuse(candidates, mode, spec.fusion()));
    trace.ranked(RankingStage.FUSED, fused);
    return fused;
  }

  private List<FusedCandidate> lookClosely(
      List<FusedCandidate> first, QuestionEmbedding embedding, Fusion.Evidence evidence) {
    int most = Math.max(Math.max(evidence.candidates(), spec.pool()), reranking.wanted(spec));
    int pool = Math.min(most, first.size());
    List<FusedCandidate> best = first.subList(0, pool);
    trace.dropped(first.subList(pool, first.size()), DropReason.NOT_IN_POOL);
    EvidenceRanking ranking = new EvidenceRanking(snapshot, question, embedding);
    List<FusedCandidate> second =
        stages.run(
            "evidence",
            ranked -> "%d passages by %s".formatted(ranked.size(), ranking.weights()),
            () -> ranking.rank(best, bestLexical(first)));
    trace.ranked(RankingStage.EVIDENCE, second);
    return second;
  }

  private static double bestLexical(List<FusedCandidate> candidates) {
    double best = 0;
    for (FusedCandidate candidate : candidates) {
      Double lexical = candidate.scores().lexical();
      best = lexical == null ? best : Math.max(best, lexical);
    }
    return best;
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
