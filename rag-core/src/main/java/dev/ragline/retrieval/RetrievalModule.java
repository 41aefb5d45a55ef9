package dev.ragline.retrieval;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import dev.ragline.generation.ChatModel;
import dev.ragline.ranking.Reranker;
import dev.ragline.transform.QueryTransformer;

/**
 * Finds passages by vectors and words. Where they are bound, a {@link ChatModel} helps with the
 * question, and a {@link Reranker} orders the best anew.
 */
public final class RetrievalModule extends AbstractModule {
  @Override
  protected void configure() {
    var _ = OptionalBinder.newOptionalBinder(binder(), ChatModel.class);
    var _ = OptionalBinder.newOptionalBinder(binder(), Reranker.class);
    bind(QueryTransformer.class).in(Singleton.class);
    bind(Retriever.class).to(HybridRetriever.class).in(Singleton.class);
  }
}
