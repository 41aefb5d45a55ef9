package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.embedding.Embedder;
import dev.ragline.execution.Execution;
import dev.ragline.filter.Filter;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.ranking.Reranker;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.transform.Queries;
import dev.ragline.transform.QueryTransformer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds passages by vectors and by words in one snapshot of the corpus, and fuses the two. */
public final class HybridRetriever implements Retriever {
  private final Embedder embedder;
  private final ChunkStore store;
  private final QueryTransformer transformer;
  private final Reranking reranking;
  private final Known known;

  /** One that has neither a language model nor a reranker. */
  public HybridRetriever(Embedder embedder, ChunkStore store, Execution execution) {
    this(embedder, store, new QueryTransformer(Optional.empty()), Optional.empty(), execution);
  }

  @Inject
  public HybridRetriever(
      Embedder embedder,
      ChunkStore store,
      QueryTransformer transformer,
      Optional<Reranker> reranker,
      Execution execution) {
    this.embedder = embedder;
    this.store = store;
    this.transformer = transformer;
    this.known = new Known(execution.compute());
    this.reranking = new Reranking(reranker.orElse(null), new PassageCost(), System::nanoTime);
  }

  @Override
  public Retrieval retrieve(CorpusId corpus, String question, RetrievalSpec spec, Call anywhere) {
    Call call = anywhere.on(corpus);
    if (question.isBlank()) {
      throw RagException.invalid("question", "is empty");
    }
    boolean vectors = spec.mode() != Mode.LEXICAL;
    transformer.requirePossible(spec.transforms(), vectors);
    reranking.check(spec.rerank());
    known.compute().requireRoom(call);
    Stages stages = new Stages(call);
    if (transformer.asksModel(spec.transforms(), vectors) && !holdsPassages(corpus, spec, call)) {
      return nothing(stages);
    }
    List<Warning> warnings = new ArrayList<>();
    Queries queries =
        transformer.transform(question, spec.transforms(), vectors, stages, call, warnings::add);
    try (CorpusSnapshot snapshot = store.snapshot(corpus, spec.freshness(), call)) {
      snapshot.corpus().requireModel(embedder.model());
      Filter filter = filter(snapshot.corpus(), spec.filter(), stages);
      if (snapshot.stats().chunks() == 0) {
        return nothing(stages);
      }
      var search = new Search(embedder, known, reranking, snapshot, queries, spec, stages, call);
      return run(search, filter, snapshot, call).after(queries, warnings);
    }
  }

  /** On one core from its beginning to its end, where it never waits for another process. */
  private Retrieval run(Search search, Filter filter, CorpusSnapshot snapshot, Call call) {
    return embedder.computesHere() && snapshot.computesHere()
        ? known.compute().run("retrieve", call, () -> search.run(filter))
        : search.run(filter);
  }

  /**
   * Whether the question can be asked and there is anything to find. A language model thinks for
   * seconds, in which no snapshot should be kept open, and nobody should wait for it in vain.
   */
  private boolean holdsPassages(CorpusId corpus, RetrievalSpec spec, Call call) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus, spec.freshness(), call)) {
      snapshot.corpus().requireModel(embedder.model());
      var _ = filter(snapshot.corpus(), spec.filter(), new Stages(call));
      return snapshot.stats().chunks() > 0;
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

  private static Retrieval nothing(Stages stages) {
    return new Retrieval(List.of(), true, List.of(), stages.done());
  }
}
