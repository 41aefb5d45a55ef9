package dev.ragline.evaluation;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.answering.Answerer;
import dev.ragline.execution.Execution;
import dev.ragline.retrieval.Retriever;
import dev.ragline.store.ChunkStore;

/**
 * Gives an {@link Evaluator}; wants a {@link Retriever}, an {@link Answerer} and a {@link
 * ChunkStore}.
 */
public final class EvaluationModule extends AbstractModule {
  @Provides
  @Singleton
  static Evaluator evaluator(
      Retriever retriever, Answerer answerer, ChunkStore store, Execution execution) {
    return new Evaluator(
        retriever, answerer, store, System::nanoTime, execution.compute().cores(), execution);
  }
}
