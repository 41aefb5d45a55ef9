package dev.ragline.answering.grounded;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.generation.ChatModel;

/** Has a language model write the answers; wants a {@link ChatModel}. */
public final class GroundedAnsweringModule extends AbstractModule {
  @Provides
  @Singleton
  static AnswerWriter writer(ChatModel model) {
    return new GroundedWriter(model);
  }
}
