package dev.ragline.generation.openai;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.generation.ChatModel;

/** Generation by an OpenAI-compatible endpoint. */
public final class OpenAiChatModule extends AbstractModule {
  private final ChatModelConfig config;

  public OpenAiChatModule(ChatModelConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  OpenAiChatModel openAiChatModel() {
    return new OpenAiChatModel(config);
  }

  @Provides
  @Singleton
  ChatModel chatModel(OpenAiChatModel model) {
    return model;
  }
}
