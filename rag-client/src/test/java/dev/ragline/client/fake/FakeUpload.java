package dev.ragline.client.fake;

import com.google.protobuf.ByteString;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.Document;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.UploadCommit;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import dev.ragline.v1.Warning;
import io.grpc.stub.StreamObserver;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes one upload as strictly as the protocol says. */
final class FakeUpload implements StreamObserver<UploadDocumentRequest> {
  private static final Warning IGNORED =
      Warning.newBuilder()
          .setCode("FRONT_MATTER_IGNORED")
          .setMessage("weight 'soon' is not a INT")
          .build();

  private final Map<String, FakeDocuments.Held> held;
  private final StreamObserver<UploadDocumentResponse> responses;
  private UploadHeader header = UploadHeader.getDefaultInstance();
  private ByteString content = ByteString.EMPTY;
  private boolean over;

  FakeUpload(
      Map<String, FakeDocuments.Held> held, StreamObserver<UploadDocumentResponse> responses) {
    this.held = held;
    this.responses = responses;
  }

  @Override
  public void onNext(UploadDocumentRequest message) {
    if (over) {
      return;
    }
    switch (message.getMessageCase()) {
      case HEADER -> header = message.getHeader();
      case BLOCK -> add(message.getBlock());
      default -> commit(message.getCommit());
    }
  }

  private void add(ContentBlock block) {
    if (block.getOffset() != content.size()) {
      fail(Errors.invalid("block.offset", "not " + content.size()));
    }
    content = content.concat(block.getData());
  }

  private void commit(UploadCommit commit) {
    String digest = sha256(content);
    if (commit.getSize() != content.size() || !commit.getSha256().equals(digest)) {
      fail(Errors.invalid("commit", "does not match what arrived"));
    } else if (!isUtf8(content)) {
      fail(Errors.invalid("content", "is not UTF-8"));
    } else {
      accept(digest);
    }
  }

  private void accept(String digest) {
    String text = content.toStringUtf8();
    int chunks = text.isBlank() ? 0 : text.split("\n\n", -1).length;
    Document document =
        Document.newBuilder()
            .setName(header.getDocument())
            .setUri(header.getUri())
            .setTitle(content.toStringUtf8().lines().findFirst().orElse("").replace("# ", ""))
            .setMediaType("text/markdown")
            .setSize(content.size())
            .setSha256(digest)
            .setRevision(header.getDocument() + "/revisions/" + digest)
            .setChunkCount(chunks)
            .build();
    if (header.hasMetadata()) {
      document = document.toBuilder().setMetadata(header.getMetadata()).build();
    }
    List<Warning> warnings = text.contains("weight: soon") ? List.of(IGNORED) : List.of();
    FakeDocuments.Held old =
        held.put(document.getName(), new FakeDocuments.Held(document, content));
    responses.onNext(
        UploadDocumentResponse.newBuilder()
            .setDocument(document)
            .setReceipt(receipt(chunks, old).setConsistencyToken("written-" + digest))
            .addAllWarnings(warnings)
            .build());
    responses.onCompleted();
  }

  private Receipt.Builder receipt(int chunks, FakeDocuments.@Nullable Held old) {
    if (old == null) {
      return Receipt.newBuilder().setAdded(chunks).setEmbedded(chunks);
    }
    if (old.content().equals(content)) {
      return Receipt.newBuilder().setUnchanged(chunks);
    }
    int before = old.document().getChunkCount();
    return Receipt.newBuilder()
        .setAdded(Math.max(0, chunks - before))
        .setChanged(Math.min(chunks, before))
        .setRemoved(Math.max(0, before - chunks))
        .setEmbedded(chunks);
  }

  void fail(RuntimeException failure) {
    over = true;
    responses.onError(failure);
  }

  @Override
  public void onError(Throwable failure) {
    over = true;
  }

  @Override
  public void onCompleted() {}

  static String sha256(ByteString bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isUtf8(ByteString bytes) {
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes.asReadOnlyByteBuffer());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
