package dev.ragline.answering;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.retrieval.Retriever;

/**
 * Gives an {@link Answerer}; wants a {@link Retriever}, and an {@link AnswerWriter} from one of the
 * writers' own modules.
 */
public final class AnsweringModule extends AbstractModule {
  @Provides
  @Singleton
  static Answerer answerer(Retriever retriever, AnswerWriter writer) {
    return new StreamingAnswerer(retriever, writer, System::nanoTime);
  }
}
