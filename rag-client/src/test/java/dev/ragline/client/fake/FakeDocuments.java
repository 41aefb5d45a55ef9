package dev.ragline.client.fake;

import com.google.protobuf.ByteString;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.DeleteDocumentRequest;
import dev.ragline.v1.DeleteDocumentResponse;
import dev.ragline.v1.Document;
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
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Documents in a map; a chunk is a paragraph; pages of two; content comes in blocks of 4000 bytes.
 */
public final class FakeDocuments extends IngestServiceGrpc.IngestServiceImplBase {
  private static final int PAGE = 2;
  private static final int BLOCK = 4_000;

  /** A document and its bytes. */
  public record Held(Document document, ByteString content) {}

  public final NavigableMap<String, Held> held = new ConcurrentSkipListMap<>();

  /** What the next uploads fail with at their beginning, one each. */
  public final Queue<StatusRuntimeException> uploadFailures = new ConcurrentLinkedQueue<>();

  /** What lists fail with; null where they do not. */
  public volatile @Nullable StatusRuntimeException listFailure;

  /** Makes the receiver of an upload where it is not the usual one. */
  public volatile @Nullable
      Function<
          ServerCallStreamObserver<UploadDocumentResponse>, StreamObserver<UploadDocumentRequest>>
      uploads;

  @Override
  public StreamObserver<UploadDocumentRequest> uploadDocument(
      StreamObserver<UploadDocumentResponse> responses) {
    var special = uploads;
    if (special != null) {
      return special.apply((ServerCallStreamObserver<UploadDocumentResponse>) responses);
    }
    FakeUpload upload = new FakeUpload(held, responses);
    StatusRuntimeException failure = uploadFailures.poll();
    if (failure != null) {
      upload.fail(failure);
    }
    return upload;
  }

  @Override
  public void getDocument(
      GetDocumentRequest request, StreamObserver<GetDocumentResponse> responses) {
    Held found = find(request.getName(), responses);
    if (found != null) {
      responses.onNext(GetDocumentResponse.newBuilder().setDocument(found.document()).build());
      responses.onCompleted();
    }
  }

  @Override
  public void listDocuments(
      ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> responses) {
    StatusRuntimeException failure = listFailure;
    if (failure != null) {
      responses.onError(failure);
      return;
    }
    String prefix = request.getParent() + "/documents/";
    List<Document> rest =
        held.tailMap(request.getPageToken(), false).values().stream()
            .map(Held::document)
            .filter(document -> document.getName().startsWith(prefix))
            .toList();
    ListDocumentsResponse.Builder page =
        ListDocumentsResponse.newBuilder().addAllDocuments(rest.stream().limit(PAGE).toList());
    if (rest.size() > PAGE) {
      page.setNextPageToken(rest.get(PAGE - 1).getName());
    }
    responses.onNext(page.build());
    responses.onCompleted();
  }

  @Override
  public void deleteDocument(
      DeleteDocumentRequest request, StreamObserver<DeleteDocumentResponse> responses) {
    Held found = find(request.getName(), responses);
    if (found != null) {
      held.remove(request.getName());
      responses.onNext(
          DeleteDocumentResponse.newBuilder()
              .setRemoved(found.document().getChunkCount())
              .setConsistencyToken("deleted")
              .build());
      responses.onCompleted();
    }
  }

  @Override
  public void listChunks(ListChunksRequest request, StreamObserver<ListChunksResponse> responses) {
    Held found = find(request.getParent(), responses);
    if (found == null) {
      return;
    }
    List<Chunk> chunks = chunks(found);
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    int to = Math.min(chunks.size(), from + PAGE);
    ListChunksResponse.Builder page =
        ListChunksResponse.newBuilder().addAllChunks(chunks.subList(from, to));
    if (to < chunks.size()) {
      page.setNextPageToken(Integer.toString(to));
    }
    responses.onNext(page.build());
    responses.onCompleted();
  }

  @Override
  public void getDocumentContent(
      GetDocumentContentRequest request, StreamObserver<GetDocumentContentResponse> responses) {
    Held found = find(request.getName(), responses);
    if (found == null) {
      return;
    }
    int start = (int) request.getRange().getStart();
    int end = request.hasRange() ? (int) request.getRange().getEnd() : found.content().size();
    if (end > found.content().size() || start > end) {
      responses.onError(Errors.invalid("range", "outside the content"));
      return;
    }
    for (int at = start; at < end; at += BLOCK) {
      ByteString data = found.content().substring(at, Math.min(end, at + BLOCK));
      ContentBlock.Builder block = ContentBlock.newBuilder().setOffset(at).setData(data);
      responses.onNext(GetDocumentContentResponse.newBuilder().setBlock(block).build());
    }
    responses.onCompleted();
  }

  /** A document by its name, or by that of its current revision. */
  private @Nullable Held find(String name, StreamObserver<?> responses) {
    Held found = held.get(name);
    if (found == null) {
      found =
          held.values().stream()
              .filter(it -> it.document().getRevision().equals(name))
              .findFirst()
              .orElse(null);
    }
    if (found == null) {
      responses.onError(Errors.notFound("document", name));
    }
    return found;
  }

  private static List<Chunk> chunks(Held document) {
    List<Chunk> chunks = new ArrayList<>();
    int at = 0;
    for (String paragraph : document.content().toStringUtf8().split("\n\n", -1)) {
      int size = ByteString.copyFromUtf8(paragraph).size();
      chunks.add(
          Chunk.newBuilder()
              .setName(document.document().getName() + "/chunks/" + chunks.size())
              .setOrdinal(chunks.size())
              .setText(paragraph)
              .setSourceRange(ByteRange.newBuilder().setStart(at).setEnd(at + size))
              .addHeadingPath("Paragraphs")
              .build());
      at += size + 2;
    }
    return chunks;
  }
}
