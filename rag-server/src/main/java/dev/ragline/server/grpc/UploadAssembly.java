package dev.ragline.server.grpc;

import dev.ragline.document.Content;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.ingest.Upload;
import dev.ragline.server.grpc.ResourceNames.DocumentName;
import dev.ragline.spool.SpoolFolder;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.UploadCommit;
import dev.ragline.v1.UploadHeader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts the messages of one upload together: a header, blocks without gaps, a commit. */
final class UploadAssembly {
  private final int maxBytes;
  private final UploadContent content;
  private @Nullable UploadHeader header;
  private @Nullable DocumentName name;
  private @Nullable MediaType mediaType;
  private Metadata metadata = Metadata.EMPTY;
  private @Nullable Language language;
  private volatile @Nullable UploadCommit commit;

  /** What the first message says that can be refused at once. */
  record UploadStart(DocumentName document, Metadata metadata) {}

  /**
   * @param spools where the content is when it is large
   */
  UploadAssembly(int maxBytes, SpoolFolder spools) {
    this.maxBytes = maxBytes;
    this.content = new UploadContent(spools);
  }

  /** The bytes so far. */
  UploadContent content() {
    return content;
  }

  /** Takes the first message and says which document it is about. */
  UploadStart header(UploadHeader first) {
    if (header != null) {
      throw RagException.invalid("header", "was sent already");
    }
    DocumentName document = ResourceNames.document("header.document", first.getDocument());
    // Read now, so that a type or language that is not known costs no upload.
    mediaType =
        Fields.at(
            "header.media_type",
            () -> MediaType.parse(first.getMediaType(), document.document().value()));
    metadata = Fields.below("header", () -> MetadataMapping.fromProto(first.getMetadata()));
    language =
        first.getLanguage().isEmpty()
            ? null
            : Fields.at("header.language", () -> Language.parse(first.getLanguage()));
    header = first;
    name = document;
    return new UploadStart(document, metadata);
  }

  /** Takes the next piece of content. */
  void block(ContentBlock block) {
    if (header == null || commit != null) {
      throw RagException.invalid("block", "comes after the header and before the commit");
    }
    if (block.getOffset() != content.size()) {
      throw new RagException(
          ErrorCode.OUT_OF_RANGE,
          "UPLOAD_GAP",
          "the block begins at byte %d, but %d bytes are there"
              .formatted(block.getOffset(), content.size()),
          new ErrorDetail.Fact("committed_size", Long.toString(content.size())));
    }
    if (content.size() + block.getData().size() > maxBytes) {
      throw RagException.invalid("content", "a document has at most " + maxBytes + " bytes");
    }
    content.add(block.getData());
  }

  /** Takes the last message and checks that as many bytes have arrived as it says. */
  void commit(UploadCommit last) {
    if (header == null || commit != null) {
      throw RagException.invalid("commit", "comes once, after the header and the blocks");
    }
    if (last.getSize() != content.size()) {
      throw RagException.invalid(
          "commit.size", "is %d, but %d bytes arrived".formatted(last.getSize(), content.size()));
    }
    commit = last;
  }

  /** Whether the last message has come. */
  boolean isCommitted() {
    return commit != null;
  }

  /** What was uploaded, once, after the commit; computes for as long as its size takes. */
  Upload complete() {
    UploadCommit last = commit;
    if (last == null || header == null || name == null || mediaType == null) {
      throw new IllegalStateException("an upload is complete only after its commit");
    }
    Content bytes = content.complete();
    String wanted = last.getSha256().toLowerCase(Locale.ROOT);
    if (!wanted.isEmpty() && !wanted.equals(Sha256.of(bytes).hex())) {
      throw RagException.invalid("commit.sha256", "is not the digest of what arrived");
    }
    return new Upload(
        name.document(),
        mediaType,
        language,
        header.getTitle(),
        header.getUri(),
        header.getEtag(),
        metadata,
        bytes);
  }
}
