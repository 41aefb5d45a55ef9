package dev.ragline.document;

import java.time.Instant;

/**
 * A document's current revision, without its content.
 *
 * @param title what the document calls itself; never empty
 * @param uri where it came from, for people; may be empty
 * @param language by whose rules its words are searched
 * @param size bytes of content
 * @param revision digest of the content
 * @param etag changes with every change of the document
 * @param metadata what is said of it, by the corpus's schema
 */
public record Document(
    DocumentId id,
    String title,
    String uri,
    MediaType mediaType,
    Language language,
    long size,
    Sha256 revision,
    int chunkCount,
    Instant updateTime,
    String etag,
    Metadata metadata) {

  /** A document of which nothing is said. */
  public Document(
      DocumentId id,
      String title,
      String uri,
      MediaType mediaType,
      Language language,
      long size,
      Sha256 revision,
      int chunkCount,
      Instant updateTime,
      String etag) {
    this(
        id,
        title,
        uri,
        mediaType,
        language,
        size,
        revision,
        chunkCount,
        updateTime,
        etag,
        Metadata.EMPTY);
  }

  /** The current revision's resource name, {@code …/revisions/{sha256}}. */
  public String revisionName(CorpusId corpus) {
    return id.resourceName(corpus) + "/revisions/" + revision;
  }
}
