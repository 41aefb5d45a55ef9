package dev.ragline.retrieval;

import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.document.Stages;
import dev.ragline.embedding.Embedder;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Candidates;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds passages by vectors and by words in one snapshot of the corpus, and fuses the two. */
public final class HybridRetriever implements Retriever {
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
    try (CorpusSnapshot snapshot = store.snapshot(corpus)) {
      snapshot.corpus().requireModel(embedder.model());
      if (snapshot.stats().chunks() == 0) {
        return new Retrieval(List.of(), true, stages.done());
      }
      float[] vector = spec.mode() == Mode.LEXICAL ? null : embed(question, stages, deadline);
      Candidates candidates = search(snapshot, question, vector, spec, stages, deadline);
      List<FusedCandidate> ranking =
          stages.run(
              "fuse",
              ranked -> "%s, %d candidates".formatted(spec.fusion(), ranked.size()),
              () -> Fuser.fuse(candidates, spec.mode(), spec.fusion()));
      List<FusedCandidate> best = ranking.subList(0, Math.min(spec.limit(), ranking.size()));
      return new Retrieval(passages(best, snapshot), false, stages.done());
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
      RetrievalSpec spec,
      Stages stages,
      Deadline deadline) {
    String text = spec.mode() == Mode.DENSE ? null : question;
    CandidateQuery query = new CandidateQuery(vector, text, spec.candidates());
    return stages.run(
        "search",
        found -> "%d dense, %d lexical".formatted(found.dense().size(), found.lexical().size()),
        () -> snapshot.search(query, deadline));
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
