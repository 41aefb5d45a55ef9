package dev.ragline.ingest;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;

/** Writes documents. */
public final class IngestModule extends AbstractModule {
  private final IngestConfig config;

  public IngestModule(IngestConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(IngestConfig.class).toInstance(config);
    bind(Ingestor.class).in(Singleton.class);
  }
}
