package dev.ragline.retrieval;

import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.document.Stages;
import dev.ragline.document.Warning;
import dev.ragline.embedding.Embedder;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds passages by vectors and by words in one snapshot of the corpus, and fuses the two. */
public final class HybridRetriever implements Retriever {
  private static final Warning NO_WORDS =
      new Warning(
          "LEXICAL_SEARCH_UNSUPPORTED",
          "the store cannot search by words: the passages were found by vectors only");

  private final Embedder embedder;
  private final ChunkStore store;

  @Inject
  public HybridRetriever(Embedder embedder, ChunkStore store) {
    this.embedder = embedder;
    this.store = store;
  }

  @Override
  public Retrieval retrieve(
      CorpusId corpus, String question, RetrievalSpec spec, Deadline deadline) {
    if (question.isBlank()) {
      throw RagException.invalid("question", "is empty");
    }
    Stages stages = new Stages(deadline);
    try (CorpusSnapshot snapshot = store.snapshot(corpus, spec.freshness(), deadline)) {
      snapshot.corpus().requireModel(embedder.model());
      if (snapshot.stats().chunks() == 0) {
        return new Retrieval(List.of(), true, List.of(), stages.done());
      }
      Mode mode = possibleMode(snapshot, spec.mode());
      float[] vector = mode == Mode.LEXICAL ? null : embed(question, stages, deadline);
      Candidates candidates = search(snapshot, question, vector, mode, spec, stages);
      List<FusedCandidate> ranking =
          stages.run(
              "fuse",
              ranked -> fused(mode, spec, ranked.size()),
              () -> Fuser.fuse(candidates, mode, spec.fusion()));
      List<FusedCandidate> best = ranking.subList(0, Math.min(spec.limit(), ranking.size()));
      List<Warning> warnings = mode == spec.mode() ? List.of() : List.of(NO_WORDS);
      return new Retrieval(passages(best, snapshot), false, warnings, stages.done());
    }
  }

  private float[] embed(String question, Stages stages, Deadline deadline) {
    return stages.run(
        "embed",
        vector -> embedder.model().name(),
        () -> embedder.embedQuestion(question, deadline));
  }

  private static Candidates search(
      CorpusSnapshot snapshot,
      String question,
      float @Nullable [] vector,
      Mode mode,
      RetrievalSpec spec,
      Stages stages) {
    String text = mode == Mode.DENSE ? null : question;
    CandidateQuery query = new CandidateQuery(vector, text, spec.candidates());
    return stages.run(
        "search", found -> found(found, mode == spec.mode()), () -> snapshot.search(query));
  }

  private static String found(Candidates found, boolean asAsked) {
    String counts = "%d dense, %d lexical".formatted(found.dense().size(), found.lexical().size());
    return asAsked ? counts : counts + " (the store cannot search by words)";
  }

  private static String fused(Mode mode, RetrievalSpec spec, int candidates) {
    Object by = mode == Mode.HYBRID ? spec.fusion() : mode.name().toLowerCase(Locale.ROOT);
    return "%s, %d candidates".formatted(by, candidates);
  }

  /** What can be done of what is asked for. */
  private static Mode possibleMode(CorpusSnapshot snapshot, Mode asked) {
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

  private static List<Passage> passages(List<FusedCandidate> best, CorpusSnapshot snapshot) {
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
