package dev.ragline.retrieval;

import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.RagException;
import dev.ragline.document.Stages;
import dev.ragline.embedding.Embedder;
import dev.ragline.filter.Filter;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.ranking.Reranker;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** Finds passages by vectors and by words in one snapshot of the corpus, and fuses the two. */
public final class HybridRetriever implements Retriever {
  private final Embedder embedder;
  private final ChunkStore store;
  private final Reranking reranking;

  /** One that cannot rerank. */
  public HybridRetriever(Embedder embedder, ChunkStore store) {
    this(embedder, store, Optional.empty());
  }

  @Inject
  public HybridRetriever(Embedder embedder, ChunkStore store, Optional<Reranker> reranker) {
    this.embedder = embedder;
    this.store = store;
    this.reranking = new Reranking(reranker.orElse(null), new PassageCost(), System::nanoTime);
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
      reranking.check(spec.rerank());
      Filter filter = filter(snapshot.corpus(), spec.filter(), stages);
      if (snapshot.stats().chunks() == 0) {
        return new Retrieval(List.of(), true, List.of(), stages.done());
      }
      return new Search(embedder, reranking, snapshot, question, spec, stages, deadline)
          .run(filter);
    }
  }

  private static Filter filter(Corpus corpus, String expression, Stages stages) {
    if (expression.isBlank()) {
      return Filter.ALL;
    }
    corpus.requireFilterable();
    return stages.run(
        "filter",
        filter -> expression.strip(),
        () -> FilterCompiler.compile(expression, corpus.metadataSchema()));
  }
}
