package dev.ragline.server.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.ingest.Deletion;
import dev.ragline.ingest.IngestMemory;
import dev.ragline.ingest.Ingestor;
import dev.ragline.server.config.IngestLimits;
import dev.ragline.server.grpc.Listing.Page;
import dev.ragline.server.grpc.ResourceNames.ContentName;
import dev.ragline.server.grpc.ResourceNames.DocumentName;
import dev.ragline.spool.SpoolFolder;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.DeleteDocumentRequest;
import dev.ragline.v1.DeleteDocumentResponse;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentContentResponse;
import dev.ragline.v1.GetDocumentRequest;
import dev.ragline.v1.GetDocumentResponse;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.ListChunksRequest;
import dev.ragline.v1.ListChunksResponse;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.ListDocumentsResponse;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;

/** {@code ragline.v1.IngestService}. */
public final class IngestGrpcService extends IngestServiceGrpc.IngestServiceImplBase {
  /** Chunks held before they are on their way; each may be as large as a document. */
  private static final int CHUNKS_AT_ONCE = 100;

  private final Ingestor ingestor;
  private final ChunkStore store;
  private final Calls calls;
  private final Uploads uploads;

  @Inject
  IngestGrpcService(
      Ingestor ingestor,
      ChunkStore store,
      Calls calls,
      IngestLimits limits,
      IngestMemory memory,
      Execution execution,
      SpoolFolder spools) {
    this.ingestor = ingestor;
    this.store = store;
    this.calls = calls;
    this.uploads = new Uploads(ingestor, calls, execution, memory, limits, spools);
  }

  @Override
  public StreamObserver<UploadDocumentRequest> uploadDocument(
      StreamObserver<UploadDocumentResponse> observer) {
    return new UploadObserver(uploads, observer).begin();
  }

  @Override
  public void getDocument(
      GetDocumentRequest request, StreamObserver<GetDocumentResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          DocumentName name = ResourceNames.document("name", request.getName());
          try (CorpusSnapshot snapshot =
              store.snapshot(name.corpus(), Freshness.DEFAULT, deadline)) {
            return GetDocumentResponse.newBuilder()
                .setDocument(
                    DocumentMapping.toProto(
                        name.corpus(), require(snapshot, name.corpus(), name.document())))
                .build();
          }
        });
  }

  @Override
  public void listDocuments(
      ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          CorpusId corpus = ResourceNames.corpus("parent", request.getParent());
          int size = Listing.size(request.getPageSize());
          Listing listing = Listing.of(corpus.resourceName() + "/documents");
          DocumentId after = listing.after(request.getPageToken(), DocumentId::new).orElse(null);
          try (CorpusSnapshot snapshot = store.snapshot(corpus, Freshness.DEFAULT, deadline)) {
            Page<dev.ragline.v1.Document> page =
                listing.page(
                    snapshot.documents(after, size),
                    size,
                    document -> DocumentMapping.toProto(corpus, document),
                    document -> document.id().value());
            return ListDocumentsResponse.newBuilder()
                .addAllDocuments(page.items())
                .setNextPageToken(page.nextToken())
                .build();
          }
        });
  }

  @Override
  public void deleteDocument(
      DeleteDocumentRequest request, StreamObserver<DeleteDocumentResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          DocumentName name = ResourceNames.document("name", request.getName());
          Deletion gone =
              ingestor.delete(name.corpus(), name.document(), request.getEtag(), deadline);
          return DeleteDocumentResponse.newBuilder()
              .setRemoved(gone.removed())
              .setConsistencyToken(gone.token())
              .build();
        });
  }

  @Override
  public void listChunks(ListChunksRequest request, StreamObserver<ListChunksResponse> observer) {
    calls.unary(
        observer,
        deadline -> {
          DocumentName name = ResourceNames.document("parent", request.getParent());
          try (CorpusSnapshot snapshot =
              store.snapshot(name.corpus(), Freshness.DEFAULT, deadline)) {
            return chunks(request, name, snapshot, deadline);
          }
        });
  }

  private static ListChunksResponse chunks(
      ListChunksRequest request, DocumentName name, CorpusSnapshot snapshot, Call call) {
    Document document = require(snapshot, name.corpus(), name.document());
    // The same bytes are other chunks where the corpus was made anew.
    String version = snapshot.corpus().createTime() + " " + document.revision();
    Listing listing =
        Listing.of(request.getParent() + "/chunks")
            .inVersion(
                version, () -> RagException.documentReplaced(name.corpus(), name.document()));
    int from = listing.after(request.getPageToken(), IngestGrpcService::following).orElse(0);
    Listing.Source<Chunk> chunks =
        (last, limit) -> {
          call.check("read chunks");
          int next = last.map(chunk -> chunk.id().ordinal() + 1).orElse(from);
          return snapshot.chunks(name.document(), next, limit);
        };
    Page<dev.ragline.v1.Chunk> page =
        listing.page(
            chunks,
            Listing.size(request.getPageSize()),
            CHUNKS_AT_ONCE,
            chunk -> DocumentMapping.toProto(name.corpus(), chunk),
            chunk -> Integer.toString(chunk.id().ordinal()));
    return ListChunksResponse.newBuilder()
        .addAllChunks(page.items())
        .setNextPageToken(page.nextToken())
        .build();
  }

  @Override
  public void getDocumentContent(
      GetDocumentContentRequest request, StreamObserver<GetDocumentContentResponse> observer) {
    calls.streaming(
        observer,
        (deadline, send) -> {
          ContentName name = ResourceNames.content("name", request.getName());
          try (CorpusSnapshot snapshot =
              store.snapshot(name.corpus(), Freshness.DEFAULT, deadline)) {
            Document document = require(snapshot, name.corpus(), name.document());
            requireRevision(name, document);
            snapshot.content(
                name.document(),
                range(request, document),
                (offset, data) ->
                    send.accept(
                        GetDocumentContentResponse.newBuilder()
                            .setBlock(
                                ContentBlock.newBuilder()
                                    .setOffset(offset)
                                    .setData(UnsafeByteOperations.unsafeWrap(data)))
                            .build()));
          }
        });
  }

  /** The ordinal after the last one sent. */
  private static int following(String last) {
    int ordinal = Integer.parseInt(last);
    if (ordinal < 0 || ordinal == Integer.MAX_VALUE) {
      throw new NumberFormatException("no chunk has this ordinal");
    }
    return ordinal + 1;
  }

  private static Document require(CorpusSnapshot snapshot, CorpusId corpus, DocumentId id) {
    return snapshot.document(id).orElseThrow(() -> RagException.documentNotFound(corpus, id));
  }

  private static void requireRevision(ContentName name, Document current) {
    name.revision()
        .filter(revision -> !revision.equals(current.revision()))
        .ifPresent(
            gone -> {
              throw RagException.revisionNotFound(name.corpus(), name.document(), gone);
            });
  }

  private static ByteRange range(GetDocumentContentRequest request, Document document) {
    ByteRange all = new ByteRange(0, document.size());
    if (!request.hasRange()) {
      return all;
    }
    ByteRange range = new ByteRange(request.getRange().getStart(), request.getRange().getEnd());
    if (!all.contains(range)) {
      throw RagException.invalid(
          "range", "is not within the content's " + document.size() + " bytes");
    }
    return range;
  }
}
