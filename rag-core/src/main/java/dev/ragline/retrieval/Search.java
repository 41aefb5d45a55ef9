package dev.ragline.retrieval;

import dev.ragline.document.Deadline;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
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
import dev.ragline.transform.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One question to one snapshot: embed, search, fuse, and look closely at the best. */
final class Search {
  private static final Warning NO_WORDS =
      new Warning(
          "LEXICAL_SEARCH_UNSUPPORTED",
          "the store cannot search by words: the passages were found by vectors only");

  private final Embedder embedder;
  private final CorpusSnapshot snapshot;
  private final Queries queries;
  private final String question;
  private final RetrievalSpec spec;
  private final Stages stages;
  private final Deadline deadline;
  private final boolean words;

  Search(
      Embedder embedder,
      CorpusSnapshot snapshot,
      Queries queries,
      RetrievalSpec spec,
      Stages stages,
      Deadline deadline) {
    this.embedder = embedder;
    this.snapshot = snapshot;
    this.queries = queries;
    this.question = queries.question();
    this.spec = spec;
    this.stages = stages;
    this.deadline = deadline;
    this.words = snapshot.searchesWords();
  }

  /**
   * Searches the documents that a filter lets pass for the question, and for each further one in
   * the same way.
   */
  Retrieval run(Filter filter) {
    if (spec.mode() == Mode.LEXICAL && !words) {
      throw RagException.failedPrecondition(
          "LEXICAL_SEARCH_UNSUPPORTED",
          snapshot.corpus().id().resourceName(),
          "the store cannot search by words; ask by vectors (DENSE), or take a store that can");
    }
    List<FusedCandidate> ranking = joined(filter);
    List<FusedCandidate> best = ranking.subList(0, Math.min(spec.limit(), ranking.size()));
    List<Warning> warnings = spec.mode() == Mode.HYBRID && !words ? List.of(NO_WORDS) : List.of();
    return new Retrieval(passages(best), false, warnings, stages.done());
  }

  /** The ranking for the question, joined with those for the further queries. */
  private List<FusedCandidate> joined(Filter filter) {
    List<List<FusedCandidate>> rankings = new ArrayList<>();
    rankings.add(ranking(filter));
    for (String further : queries.further()) {
      Queries other = new Queries(further, false, List.of(), null);
      rankings.add(new Search(embedder, snapshot, other, spec, stages, deadline).ranking(filter));
    }
    if (rankings.size() == 1) {
      return rankings.getFirst();
    }
    return stages.run(
        "join",
        joined -> "%d queries, %d candidates".formatted(rankings.size(), joined.size()),
        () -> Rankings.join(rankings));
  }

  private List<FusedCandidate> ranking(Filter filter) {
    QuestionEmbedding embedding = spec.mode() == Mode.LEXICAL ? null : embed();
    Candidates candidates = search(embedding, filter);
    List<FusedCandidate> ranking = fuse(candidates);
    if (embedding != null
        && spec.mode() == Mode.HYBRID
        && spec.fusion() instanceof Fusion.Evidence evidence) {
      ranking = lookClosely(ranking, embedding, evidence);
    }
    return ranking;
  }

  private QuestionEmbedding embed() {
    return stages.run(
        "embed",
        embedding ->
            "%s, knows %.0f %% of the question"
                .formatted(embedder.model().name(), 100 * embedding.coverage()),
        () -> Hypothesis.join(embedder, queries, deadline));
  }

  private Candidates search(@Nullable QuestionEmbedding embedding, Filter filter) {
    String text = spec.mode() == Mode.DENSE || !words ? null : question;
    float[] vector = embedding == null ? null : embedding.vector();
    CandidateQuery query = new CandidateQuery(vector, text, spec.candidates(), filter);
    return stages.run("search", this::found, () -> snapshot.search(query));
  }

  private String found(Candidates found) {
    String counts = "%d dense, %d lexical".formatted(found.dense().size(), found.lexical().size());
    boolean asAsked = spec.mode() == Mode.DENSE || words;
    return asAsked ? counts : counts + " (the store cannot search by words)";
  }

  private List<FusedCandidate> fuse(Candidates candidates) {
    Object by = spec.mode() == Mode.HYBRID ? spec.fusion() : name(spec.mode());
    return stages.run(
        "fuse",
        ranked -> "%s, %d candidates".formatted(by, ranked.size()),
        () -> Fuser.fuse(candidates, spec.mode(), spec.fusion()));
  }

  private static String name(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private List<FusedCandidate> lookClosely(
      List<FusedCandidate> first, QuestionEmbedding embedding, Fusion.Evidence evidence) {
    int most = Math.max(evidence.candidates(), spec.limit());
    List<FusedCandidate> best = first.subList(0, Math.min(most, first.size()));
    EvidenceRanking ranking = new EvidenceRanking(snapshot, question, embedding);
    return stages.run(
        "evidence",
        ranked -> "%d passages by %s".formatted(ranked.size(), ranking.weights()),
        () -> ranking.rank(best, bestLexical(first)));
  }

  private static double bestLexical(List<FusedCandidate> candidates) {
    double best = 0;
    for (FusedCandidate candidate : candidates) {
      Double lexical = candidate.scores().lexical();
      best = lexical == null ? best : Math.max(best, lexical);
    }
    return best;
  }

  private List<Passage> passages(List<FusedCandidate> best) {
    List<Passage> passages = new ArrayList<>(best.size());
    for (FusedCandidate candidate : best) {
      DocumentId id = candidate.chunk().id().document();
      Document document =
          snapshot
              .document(id)
              .orElseThrow(() -> new IllegalStateException("a chunk without its document"));
      passages.add(
          new Passage(passages.size() + 1, candidate.chunk(), document, candidate.scores()));
    }
    return passages;
  }
}
