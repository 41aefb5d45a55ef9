package dev.ragline.client;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.longrunning.Operation;
import com.google.protobuf.FieldMask;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.CancelAnswerRequest;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CorpusServiceGrpc;
import dev.ragline.v1.CreateCorpusRequest;
import dev.ragline.v1.DeleteCorpusRequest;
import dev.ragline.v1.DeleteDocumentRequest;
import dev.ragline.v1.DeleteDocumentResponse;
import dev.ragline.v1.Document;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluationServiceGrpc;
import dev.ragline.v1.GetAnswerRequest;
import dev.ragline.v1.GetCorpusRequest;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListChunksResponse;
import dev.ragline.v1.ListCorporaRequest;
import dev.ragline.v1.ListCorporaResponse;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.ListDocumentsResponse;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.UpdateCorpusRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Ragline server, over one connection that all threads share. Values are the protocol's own
 * messages; names are resource names, as {@link Names} makes them. Every method throws {@link
 * RagClientException} when its call fails; which errors a call knows is written in the protocol.
 */
public final class RagClient implements AutoCloseable {
  private static final long CLOSE_SECONDS = 2;

  private final Calls calls;
  private final OpenAnswers open;
  private final Resuming resuming;

  RagClient(ManagedChannel channel, @Nullable Duration deadline, Resuming resuming) {
    this.calls = new Calls(channel, deadline);
    this.open = new OpenAnswers(calls);
    this.resuming = resuming;
  }

  /**
   * Begins a client of the server at {@code target}, which is {@code host:port} or any other
   * address that gRPC resolves. Nothing connects before the first call.
   */
  public static RagClientBuilder builder(String target) {
    return new RagClientBuilder(target);
  }

  /** A client over a channel made elsewhere, which it closes with itself. */
  public static RagClient over(ManagedChannel channel) {
    return new RagClient(channel, null, Resuming.DEFAULT);
  }

  /** Creates an empty corpus; the settings' name is not used. */
  public Corpus createCorpus(String corpusId, Corpus settings) {
    CreateCorpusRequest request =
        CreateCorpusRequest.newBuilder().setCorpusId(corpusId).setCorpus(settings).build();
    return calls.call(() -> corpora().createCorpus(request).getCorpus());
  }

  /** Describes a corpus. */
  public Corpus getCorpus(String name) {
    GetCorpusRequest request = GetCorpusRequest.newBuilder().setName(name).build();
    return calls.call(() -> corpora().getCorpus(request).getCorpus());
  }

  /** All corpora by name; fetched page by page as the stream is read. */
  public Stream<Corpus> listCorpora() {
    return Pages.stream(
        token -> {
          ListCorporaRequest request = ListCorporaRequest.newBuilder().setPageToken(token).build();
          return calls.call(() -> corpora().listCorpora(request));
        },
        ListCorporaResponse::getCorporaList,
        ListCorporaResponse::getNextPageToken);
  }

  /** Changes the fields of a corpus that are set, and leaves the others as they are. */
  public Corpus updateCorpus(Corpus corpus) {
    UpdateCorpusRequest request = UpdateCorpusRequest.newBuilder().setCorpus(corpus).build();
    return calls.call(() -> corpora().updateCorpus(request).getCorpus());
  }

  /** Changes the fields of a corpus that a mask names, for example {@code metadata_schema}. */
  public Corpus updateCorpus(Corpus corpus, FieldMask fields) {
    UpdateCorpusRequest request =
        UpdateCorpusRequest.newBuilder().setCorpus(corpus).setUpdateMask(fields).build();
    return calls.call(() -> corpora().updateCorpus(request).getCorpus());
  }

  /** Deletes a corpus with all its documents. */
  public void deleteCorpus(String name) {
    DeleteCorpusRequest request = DeleteCorpusRequest.newBuilder().setName(name).build();
    var unused = calls.call(() -> corpora().deleteCorpus(request));
  }

  /**
   * Writes one document, new or in place of the one of its name, from a stream that is read once,
   * as fast as the server takes it, and not closed. Where the server refuses early, the rest is not
   * read.
   *
   * @throws IOException when the stream cannot be read; the upload is given up then
   */
  public UploadDocumentResponse upload(UploadHeader header, InputStream content)
      throws IOException {
    return Upload.run(calls, calls.options(), header, content);
  }

  /**
   * Writes one document from a file. Where the server is too busy and says when it will not be,
   * this waits and tries again, as long as the deadline allows.
   *
   * @throws IOException when the file cannot be read; the upload is given up then
   */
  public UploadDocumentResponse upload(UploadHeader header, Path file) throws IOException {
    return PatientUpload.run(calls, header, () -> Files.newInputStream(file));
  }

  /** Writes one document from memory, with the same patience as from a file. */
  public UploadDocumentResponse upload(UploadHeader header, byte[] content) {
    try {
      return PatientUpload.run(calls, header, () -> new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be read", e);
    }
  }

  /** Describes a document. */
  public Document getDocument(String name) {
    GetDocumentRequest request = GetDocumentRequest.newBuilder().setName(name).build();
    return calls.call(() -> documents().getDocument(request).getDocument());
  }

  /** A corpus's documents by name; fetched page by page as the stream is read. */
  public Stream<Document> listDocuments(String corpus) {
    return Pages.stream(
        token -> {
          ListDocumentsRequest request =
              ListDocumentsRequest.newBuilder().setParent(corpus).setPageToken(token).build();
          return calls.call(() -> documents().listDocuments(request));
        },
        ListDocumentsResponse::getDocumentsList,
        ListDocumentsResponse::getNextPageToken);
  }

  /** Deletes a document and says what went with it. */
  public DeleteDocumentResponse deleteDocument(String name) {
    DeleteDocumentRequest request = DeleteDocumentRequest.newBuilder().setName(name).build();
    return calls.call(() -> documents().deleteDocument(request));
  }

  /** A document's chunks in their order; fetched page by page as the stream is read. */
  public Stream<Chunk> listChunks(String document) {
    return Pages.stream(
        token -> {
          ListChunksRequest request =
              ListChunksRequest.newBuilder().setParent(document).setPageToken(token).build();
          return calls.call(() -> documents().listChunks(request));
        },
        ListChunksResponse::getChunksList,
        ListChunksResponse::getNextPageToken);
  }

  /**
   * A document's bytes as they were uploaded, as a stream to be closed by the caller; its reads
   * throw {@link RagClientException}.
   *
   * @param name a document or one of its revisions
   * @param range the part wanted; null for all
   */
  public InputStream openContent(String name, @Nullable ByteRange range) {
    GetDocumentContentRequest.Builder request = GetDocumentContentRequest.newBuilder();
    request.setName(name);
    if (range != null) {
      request.setRange(range);
    }
    return new ContentInputStream(
        ResponseStream.open(
            calls,
            IngestServiceGrpc.getGetDocumentContentMethod(),
            calls.options(),
            request.build()));
  }

  /** A document's bytes, or those of a range; the parameters are those of {@link #openContent}. */
  public byte[] documentContent(String name, @Nullable ByteRange range) {
    try (InputStream content = openContent(name, range)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the stream fails with other exceptions only", e);
    }
  }

  /** Finds the passages for a question. */
  public RetrieveResponse retrieve(RetrieveRequest request) {
    return calls.call(
        () -> calls.timed(AskServiceGrpc.newBlockingStub(calls.channel())).retrieve(request));
  }

  /** Answers a question, all at once. */
  public Answer ask(AskRequest request) {
    return calls.call(
        () ->
            calls.timed(AskServiceGrpc.newBlockingStub(calls.channel())).ask(request).getAnswer());
  }

  /** Answers a question in the background; cancelling the future cancels the call. */
  public CompletableFuture<Answer> askAsync(AskRequest request) {
    ListenableFuture<AskResponse> call =
        calls.timed(AskServiceGrpc.newFutureStub(calls.channel())).ask(request);
    return Futures.bridge(call, AskResponse::getAnswer, calls::translate);
  }

  /**
   * Answers a question as a stream of events, to be closed by the caller. Where the request leaves
   * that open, the answer has a name of ours and goes on when the connection breaks, so that the
   * stream can go on with it; closing the stream stops it.
   */
  public AnswerStream streamAsk(StreamAskRequest request) {
    return new AnswerStream(
        calls, calls.options(), open, AnswerProgress.asking(request, resuming, System::nanoTime));
  }

  /**
   * Goes on with the stream of an answer, running or finished. Closing ends this reading and no
   * other; what becomes of an answer that nobody reads, its question said ({@code on_disconnect}).
   *
   * @param answer its resource name
   * @param afterSequence the last event that is known; -1 for none
   */
  public AnswerStream resumeAsk(String answer, long afterSequence) {
    return new AnswerStream(
        calls,
        calls.options(),
        open,
        AnswerProgress.resuming(answer, afterSequence, resuming, System::nanoTime));
  }

  /** A finished answer, as long as the server holds it. */
  public Answer getAnswer(String name) {
    GetAnswerRequest request = GetAnswerRequest.newBuilder().setName(name).build();
    return calls.call(
        () ->
            calls
                .timed(AskServiceGrpc.newBlockingStub(calls.channel()))
                .getAnswer(request)
                .getAnswer());
  }

  /** Stops an answer that is being written. */
  public void cancelAnswer(String name) {
    CancelAnswerRequest request = CancelAnswerRequest.newBuilder().setName(name).build();
    var unused =
        calls.call(
            () ->
                calls.timed(AskServiceGrpc.newBlockingStub(calls.channel())).cancelAnswer(request));
  }

  /**
   * Answers a question as a stream of events for reactive code. Every subscription asks anew; its
   * demand is passed on to the server and cancelling it stops the answer.
   */
  public Flow.Publisher<AnswerEvent> publish(StreamAskRequest request) {
    return new AnswerPublisher(calls, open, resuming, request);
  }

  /** Begins an evaluation; {@link #operations} follow it to its EvaluateResponse. */
  public Operation evaluate(EvaluateRequest request) {
    return calls.call(
        () ->
            calls.timed(EvaluationServiceGrpc.newBlockingStub(calls.channel())).evaluate(request));
  }

  /** Whether the server says that it can do its work: the standard health service's word. */
  public boolean isServing() {
    HealthCheckRequest all = HealthCheckRequest.getDefaultInstance();
    return calls.call(
        () ->
            calls.timed(HealthGrpc.newBlockingStub(calls.channel())).check(all).getStatus()
                == ServingStatus.SERVING);
  }

  /** The server's long-running operations. */
  public RagOperations operations() {
    return new RagOperations(calls);
  }

  /** Stops answers whose streams are open and ends the connection; calls that still run fail. */
  @Override
  public void close() {
    ManagedChannel channel = calls.channel();
    try {
      open.closeAll();
      channel.shutdownNow();
      // Long enough for the news to leave this machine, so that the server stops its work too.
      var unused = channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.shutdownNow();
    }
  }

  private CorpusServiceGrpc.CorpusServiceBlockingStub corpora() {
    return calls.timed(CorpusServiceGrpc.newBlockingStub(calls.channel()));
  }

  private IngestServiceGrpc.IngestServiceBlockingStub documents() {
    return calls.timed(IngestServiceGrpc.newBlockingStub(calls.channel()));
  }
}
