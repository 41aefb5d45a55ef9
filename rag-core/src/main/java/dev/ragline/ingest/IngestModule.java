package dev.ragline.ingest;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import dev.ragline.analysis.LanguageDetector;
import dev.ragline.parsing.DocumentParser;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.spool.SpoolFolder;

/** Writes documents. */
public final class IngestModule extends AbstractModule {
  private final IngestConfig config;
  private final SpoolFolder spools;

  /**
   * @param spools where what is too large for memory is on its way
   */
  public IngestModule(IngestConfig config, SpoolFolder spools) {
    this.config = config;
    this.spools = spools;
  }

  @Override
  protected void configure() {
    bind(IngestConfig.class).toInstance(config);
    bind(SpoolFolder.class).toInstance(spools);
    bind(DocumentParser.class).to(StandardDocumentParser.class).in(Singleton.class);
    bind(LanguageDetector.class).toInstance(new LanguageDetector());
    bind(IngestMemory.class).toInstance(IngestMemory.ofHeap());
    bind(Ingestor.class).in(Singleton.class);
  }
}
