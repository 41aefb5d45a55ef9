package dev.ragline.ingest;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import dev.ragline.analysis.LanguageDetector;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.parsing.StandardDocumentParser;

/** Writes documents. */
public final class IngestModule extends AbstractModule {
  private final IngestConfig config;

  public IngestModule(IngestConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(IngestConfig.class).toInstance(config);
    bind(DocumentParser.class).to(StandardDocumentParser.class).in(Singleton.class);
    bind(LanguageDetector.class).toInstance(new LanguageDetector());
    bind(IngestMemory.class).toInstance(IngestMemory.ofHeap());
    bind(Ingestor.class).in(Singleton.class);
  }
}
