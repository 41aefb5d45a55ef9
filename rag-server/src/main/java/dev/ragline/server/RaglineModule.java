package dev.ragline.server;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import dev.ragline.admission.Admission;
import dev.ragline.answering.AnswerWriter;
import dev.ragline.answering.AnsweringModule;
import dev.ragline.corpus.Corpora;
import dev.ragline.embedding.Embedder;
import dev.ragline.evaluation.EvaluationModule;
import dev.ragline.execution.Execution;
import dev.ragline.generation.ChatModel;
import dev.ragline.ingest.IngestModule;
import dev.ragline.ranking.Reranker;
import dev.ragline.retrieval.RetrievalModule;
import dev.ragline.server.answers.AnswerArchive;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.server.config.IngestLimits;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.config.ServerConfig;
import dev.ragline.server.grpc.GrpcModule;
import dev.ragline.spool.SpoolFolder;
import dev.ragline.store.ChunkStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** The composition root: the features of the core over the adapters that were opened. */
final class RaglineModule extends AbstractModule {
  private final RaglineConfig config;
  private final Execution execution;
  private final Adapters adapters;
  private final AnswerArchive archive;

  RaglineModule(
      RaglineConfig config, Execution execution, Adapters adapters, AnswerArchive archive) {
    this.config = config;
    this.execution = execution;
    this.adapters = adapters;
    this.archive = archive;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    bind(Execution.class).toInstance(execution);
    bind(ServerConfig.class).toInstance(config.server());
    bind(IngestLimits.class).toInstance(config.ingest());
    bind(AnswersConfig.class).toInstance(config.answers());
    bind(AnswerArchive.class).toInstance(archive);
    bind(Admission.class).toInstance(new Admission(config.limits().admission()));
    bind(InstantSource.class).toInstance(InstantSource.system());
    bind(ChunkStore.class).toInstance(adapters.store());
    bind(Embedder.class).toInstance(adapters.embedder());
    bind(AnswerWriter.class).toInstance(adapters.writer());
    ChatModel chatModel = adapters.chatModel();
    if (chatModel != null) {
      OptionalBinder.newOptionalBinder(binder(), ChatModel.class)
          .setBinding()
          .toInstance(chatModel);
    }
    bind(Corpora.class).in(Singleton.class);
    install(new IngestModule(config.ingest().config(), spools()));
    install(new RetrievalModule());
    if (adapters.reranker() != null) {
      OptionalBinder.newOptionalBinder(binder(), Reranker.class)
          .setBinding()
          .toInstance(adapters.reranker());
    }
    install(new AnsweringModule());
    install(new EvaluationModule());
    install(new GrpcModule());
  }

  /** Beside the store, where there is room for what comes into it: others may be memory. */
  private SpoolFolder spools() {
    return config.store().remote()
        ? SpoolFolder.temporary()
        : new SpoolFolder(Path.of(config.store().address(), "spool"));
  }
}
