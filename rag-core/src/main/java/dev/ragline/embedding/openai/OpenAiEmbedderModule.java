package dev.ragline.embedding.openai;

import com.google.inject.AbstractModule;
import dev.ragline.embedding.Embedder;

/** Embedding by an OpenAI-compatible endpoint that was opened before, as modules do no I/O. */
public final class OpenAiEmbedderModule extends AbstractModule {
  private final OpenAiEmbedder embedder;

  public OpenAiEmbedderModule(OpenAiEmbedder embedder) {
    this.embedder = embedder;
  }

  @Override
  protected void configure() {
    bind(Embedder.class).toInstance(embedder);
  }
}
