package dev.ragline.retrieval;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Finds passages by vectors and words. */
public final class RetrievalModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Retriever.class).to(HybridRetriever.class).in(Singleton.class);
  }
}
