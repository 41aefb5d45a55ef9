package dev.ragline.answering;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.alignment.Aligner;
import dev.ragline.alignment.SentenceAligner;
import dev.ragline.retrieval.Retriever;

/**
 * Gives an {@link Answerer}; wants a {@link Retriever}, an {@link AnswerWriter} from one of the
 * writers' own modules, and what sentences are compared by, the embedder and the store.
 */
public final class AnsweringModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Aligner.class).to(SentenceAligner.class).in(Singleton.class);
  }

  @Provides
  @Singleton
  static Answerer answerer(Retriever retriever, AnswerWriter writer, Aligner aligner) {
    return new StreamingAnswerer(retriever, writer, aligner, System::nanoTime);
  }
}
