package dev.ragline.evaluation;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.answering.Answerer;
import dev.ragline.execution.Execution;
import dev.ragline.retrieval.Retriever;

/** Gives an {@link Evaluator}; wants a {@link Retriever} and an {@link Answerer}. */
public final class EvaluationModule extends AbstractModule {
  @Provides
  @Singleton
  static Evaluator evaluator(Retriever retriever, Answerer answerer, Execution execution) {
    return new Evaluator(
        retriever, answerer, System::nanoTime, execution.compute().cores(), execution);
  }
}
