package dev.ragline.embedding.onnx;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.embedding.Embedder;

/** Embeds with an ONNX model in this process. */
public final class OnnxEmbeddingModule extends AbstractModule {
  private final OnnxEmbeddingConfig config;

  public OnnxEmbeddingModule(OnnxEmbeddingConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Embedder embedder() {
    return OnnxEmbedder.open(config);
  }
}
