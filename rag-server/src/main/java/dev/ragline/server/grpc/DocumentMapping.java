package dev.ragline.server.grpc;

import com.google.protobuf.util.Timestamps;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Sha256;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Document;
import dev.ragline.v1.Receipt;

/** Documents, chunks and receipts on their way to the wire. */
final class DocumentMapping {
  private DocumentMapping() {}

  static Document toProto(CorpusId corpus, dev.ragline.document.Document document) {
    Document.Builder proto =
        Document.newBuilder()
            .setName(document.id().resourceName(corpus))
            .setUri(document.uri())
            .setTitle(document.title())
            .setMediaType(document.mediaType().value())
            .setLanguage(document.language().tag())
            .setSize(document.size())
            .setSha256(document.revision().hex())
            .setRevision(document.revisionName(corpus))
            .setChunkCount(document.chunkCount())
            .setUpdateTime(Timestamps.fromMillis(document.updateTime().toEpochMilli()))
            .setEtag(document.etag());
    if (!document.metadata().isEmpty()) {
      proto.setMetadata(MetadataMapping.toProto(document.metadata()));
    }
    return proto.build();
  }

  static Chunk toProto(CorpusId corpus, dev.ragline.document.Chunk chunk) {
    Chunk whole =
        Chunk.newBuilder()
            .setName(chunk.id().resourceName(corpus))
            .setOrdinal(chunk.id().ordinal())
            .setText(chunk.text())
            .setSourceRange(toProto(chunk.range()))
            .addAllHeadingPath(chunk.headingPath())
            .setSha256(Sha256.of(chunk.text()).hex())
            .setRevision(
                chunk.id().document().resourceName(corpus) + "/revisions/" + chunk.revision())
            .build();
    return PassageBounds.cut(whole, PassageBounds.MAX_TEXT_BYTES);
  }

  static ByteRange toProto(dev.ragline.document.ByteRange range) {
    return ByteRange.newBuilder().setStart(range.start()).setEnd(range.end()).build();
  }

  static Receipt toProto(dev.ragline.ingest.IngestResult result) {
    dev.ragline.ingest.Receipt receipt = result.receipt();
    return Receipt.newBuilder()
        .setAdded(receipt.added())
        .setChanged(receipt.changed())
        .setUnchanged(receipt.unchanged())
        .setRemoved(receipt.removed())
        .setEmbedded(receipt.embedded())
        .setConsistencyToken(result.token())
        .build();
  }
}
