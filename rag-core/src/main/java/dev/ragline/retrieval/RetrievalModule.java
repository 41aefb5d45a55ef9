package dev.ragline.retrieval;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import dev.ragline.generation.ChatModel;
import dev.ragline.transform.QueryTransformer;

/** Finds passages by vectors and words; a {@link ChatModel}, where one is bound, may help. */
public final class RetrievalModule extends AbstractModule {
  @Override
  protected void configure() {
    OptionalBinder.newOptionalBinder(binder(), ChatModel.class);
    bind(QueryTransformer.class).in(Singleton.class);
    bind(Retriever.class).to(HybridRetriever.class).in(Singleton.class);
  }
}
