package dev.ragline.answering.extractive;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.embedding.Embedder;

/** Quotes the answers from the passages; wants an {@link Embedder}. */
public final class ExtractiveAnsweringModule extends AbstractModule {
  @Provides
  @Singleton
  static AnswerWriter writer(Embedder embedder) {
    return new ExtractiveWriter(embedder);
  }
}
