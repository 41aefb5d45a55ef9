package dev.ragline.retrieval;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import dev.ragline.ranking.Reranker;

/** Finds passages by vectors and words; a {@link Reranker} may be bound, to order them anew. */
public final class RetrievalModule extends AbstractModule {
  @Override
  protected void configure() {
    var _ = OptionalBinder.newOptionalBinder(binder(), Reranker.class);
    bind(Retriever.class).to(HybridRetriever.class).in(Singleton.class);
  }
}
