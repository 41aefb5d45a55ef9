package dev.ragline.server.grpc;

import com.google.protobuf.Message;
import dev.ragline.alignment.SentenceAligner;
import dev.ragline.analysis.LanguageDetector;
import dev.ragline.answering.Answerer;
import dev.ragline.answering.StreamingAnswerer;
import dev.ragline.answering.extractive.ExtractiveWriter;
import dev.ragline.corpus.Corpora;
import dev.ragline.embedding.Embedder;
import dev.ragline.evaluation.Evaluator;
import dev.ragline.ingest.IngestMemory;
import dev.ragline.ingest.Ingestor;
import dev.ragline.operation.OperationLimits;
import dev.ragline.operation.Operations;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.retrieval.HybridRetriever;
import dev.ragline.retrieval.Retriever;
import dev.ragline.server.answers.AnswerArchive;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.answers.FolderArchive;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.server.config.IngestLimits;
import dev.ragline.server.config.ServerConfig;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.CorpusServiceGrpc;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.UploadDocumentResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The edge on a loopback port over a real store and a fake model, and a channel to it. */
final class TestServer implements AutoCloseable {
  /** Small, so that a reader which does not read is noticed early. */
  private static final int WINDOW_BYTES = 64 << 10;

  private final ChunkStore store;
  private final GrpcEdge edge;
  private final ManagedChannel channel;

  private TestServer(ChunkStore store, GrpcEdge edge) {
    this.store = store;
    this.edge = edge;
    this.channel = connect();
  }

  /** Another connection, which the caller closes. */
  ManagedChannel connect() {
    return NettyChannelBuilder.forAddress("127.0.0.1", edge.port())
        .usePlaintext()
        .flowControlWindow(WINDOW_BYTES)
        .build();
  }

  /**
   * What a server is made of.
   *
   * @param wrap put around the store
   * @param answerer null for the real one
   */
  record Setup(
      Path folder,
      Embedder embedder,
      int maxCallSeconds,
      IngestLimits limits,
      UnaryOperator<ChunkStore> wrap,
      AnswersConfig answers,
      @Nullable Answerer answerer) {
    Setup withEmbedder(Embedder other) {
      return new Setup(folder, other, maxCallSeconds, limits, wrap, answers, answerer);
    }

    Setup withMaxCallSeconds(int seconds) {
      return new Setup(folder, embedder, seconds, limits, wrap, answers, answerer);
    }

    Setup withLimits(int maxDocumentBytes, int maxUploads) {
      IngestLimits usual = IngestLimits.DEFAULT;
      return withLimits(
          new IngestLimits(
              maxDocumentBytes, usual.maxChunks(), maxUploads, usual.silenceSeconds()));
    }

    Setup withLimits(IngestLimits other) {
      return new Setup(folder, embedder, maxCallSeconds, other, wrap, answers, answerer);
    }

    Setup withStore(UnaryOperator<ChunkStore> other) {
      return new Setup(folder, embedder, maxCallSeconds, limits, other, answers, answerer);
    }

    Setup withAnswerer(Answerer other) {
      return new Setup(folder, embedder, maxCallSeconds, limits, wrap, answers, other);
    }

    Setup withAnswers(AnswersConfig other) {
      return new Setup(folder, embedder, maxCallSeconds, limits, wrap, other, answerer);
    }

    TestServer start() {
      return TestServer.start(this);
    }
  }

  /** The usual one. */
  static Setup in(Path folder) {
    return new Setup(
        folder,
        new FakeEmbedder(),
        60,
        IngestLimits.DEFAULT,
        UnaryOperator.identity(),
        AnswersConfig.DEFAULT,
        null);
  }

  private static TestServer start(Setup setup) {
    ServerConfig usual = ServerConfig.DEFAULT;
    ServerConfig config =
        new ServerConfig(
            "127.0.0.1",
            0,
            "",
            usual.maxMessageBytes(),
            usual.maxMetadataBytes(),
            usual.maxCallsPerConnection(),
            usual.maxResetsPerSecond(),
            setup.maxCallSeconds(),
            usual.maxConnectionAgeSeconds(),
            usual.maxConnectionAgeGraceSeconds(),
            0,
            1);
    ChunkStore store =
        setup
            .wrap()
            .apply(
                LuceneChunkStore.open(new LuceneStoreConfig(setup.folder()), TestExecution.SHARED));
    Embedder embedder = setup.embedder();
    InstantSource clock = InstantSource.system();
    Ingestor ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            setup.limits().config(),
            TestExecution.SHARED);
    Retriever retriever = new HybridRetriever(embedder, store, TestExecution.SHARED);
    Answerer given = setup.answerer();
    Answerer answerer =
        given == null
            ? new StreamingAnswerer(
                retriever,
                new ExtractiveWriter(TestExecution.SHARED.compute()),
                new SentenceAligner(embedder, store, TestExecution.SHARED),
                System::nanoTime)
            : given;
    Calls calls = new Calls(TestExecution.SHARED);
    Corpora corpora = new Corpora(store, embedder, clock);
    Operations<Message, Message> operations =
        new Operations<>(
            OperationLimits.DEFAULT, clock, TestExecution.SHARED.waiting(), Statuses::describe);
    Evaluator evaluator =
        new Evaluator(retriever, answerer, store, System::nanoTime, 2, TestExecution.SHARED);
    AnswerLogs answers =
        new AnswerLogs(
            setup.answers(),
            archive(setup, clock),
            clock,
            System::nanoTime,
            Statuses::describe,
            TestExecution.SHARED);
    Services services =
        new Services(
            new CorpusGrpcService(corpora, answers, calls),
            new IngestGrpcService(
                ingestor,
                store,
                calls,
                setup.limits(),
                IngestMemory.ofHeap(),
                TestExecution.SHARED),
            new AskGrpcService(retriever, answerer, new AnswerCalls(answers, store), calls),
            new EvaluationGrpcService(evaluator, corpora, operations, clock, calls),
            new OperationsGrpcService(operations, calls));
    GrpcEdge edge =
        new GrpcEdge(
            config,
            store,
            services,
            operations,
            answers,
            new LoadShedder(TestExecution.SHARED.compute(), setup.answerer() != null),
            TestExecution.SHARED);
    try {
      edge.start();
    } catch (IOException e) {
      store.close();
      throw new UncheckedIOException(e);
    }
    return new TestServer(store, edge);
  }

  private static AnswerArchive archive(Setup setup, InstantSource clock) {
    try {
      return FolderArchive.open(
          setup.folder().resolve("answers"), 1 << 20, Duration.ofHours(1), clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port served on. */
  int port() {
    return edge.port();
  }

  /** The server's own store. */
  ChunkStore store() {
    return store;
  }

  ManagedChannel channel() {
    return channel;
  }

  CorpusServiceGrpc.CorpusServiceBlockingStub corpora() {
    return CorpusServiceGrpc.newBlockingStub(channel);
  }

  IngestServiceGrpc.IngestServiceBlockingStub documents() {
    return IngestServiceGrpc.newBlockingStub(channel);
  }

  AskServiceGrpc.AskServiceBlockingStub questions() {
    return AskServiceGrpc.newBlockingStub(channel);
  }

  /** Creates a corpus with all defaults. */
  void createCorpus(String id) {
    var _ = corpora().createCorpus(CreateCorpusRequest.newBuilder().setCorpusId(id).build());
  }

  /** Begins an upload. */
  UploadCall upload() {
    return new UploadCall(channel);
  }

  /** Uploads a whole document. */
  UploadDocumentResponse upload(String document, String content) {
    return upload().header(document).blocks(content).commit().finish();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    edge.drain();
    store.close();
  }
}
