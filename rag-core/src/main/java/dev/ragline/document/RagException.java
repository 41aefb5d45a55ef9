package dev.ragline.document;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one failure that Ragline reports on purpose. Its message and details are for callers: they
 * hold no stack trace, path of the server or secret. Whatever else is thrown is a defect and
 * reaches callers as INTERNAL without its text.
 */
public final class RagException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String reason;
  private final transient List<ErrorDetail> details;

  /**
   * @param reason a word to switch on, in UPPER_SNAKE_CASE
   * @param details each kind at most once, facts apart
   */
  public RagException(ErrorCode code, String reason, String message, ErrorDetail... details) {
    this(code, reason, message, null, details);
  }

  /** The same, keeping what was caught for the log. */
  public RagException(
      ErrorCode code,
      String reason,
      String message,
      @Nullable Throwable cause,
      ErrorDetail... details) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
    this.details = List.of(details);
  }

  /** A field of the request breaks its rule. */
  public static RagException invalid(String field, String description) {
    return new RagException(
        ErrorCode.INVALID_ARGUMENT,
        "INVALID_FIELD",
        field + ": " + description,
        new ErrorDetail.BadField(field, description));
  }

  /** There is no such corpus. */
  public static RagException corpusNotFound(CorpusId corpus) {
    return new RagException(
        ErrorCode.NOT_FOUND,
        "CORPUS_NOT_FOUND",
        "there is no corpus " + corpus,
        new ErrorDetail.Resource("ragline.dev/Corpus", corpus.resourceName()));
  }

  /** A corpus was deleted, and another one of its id was created. */
  public static RagException corpusReplaced(CorpusId corpus) {
    return new RagException(
        ErrorCode.ABORTED,
        "CORPUS_REPLACED",
        "corpus " + corpus + " was deleted and created anew in the meantime",
        new ErrorDetail.Resource("ragline.dev/Corpus", corpus.resourceName()));
  }

  /** There is no such document. */
  public static RagException documentNotFound(CorpusId corpus, DocumentId document) {
    return new RagException(
        ErrorCode.NOT_FOUND,
        "DOCUMENT_NOT_FOUND",
        "there is no document " + document + " in corpus " + corpus,
        new ErrorDetail.Resource("ragline.dev/Document", document.resourceName(corpus)));
  }

  /** The document is there, but these bytes are no longer its content. */
  public static RagException revisionNotFound(
      CorpusId corpus, DocumentId document, Sha256 revision) {
    return new RagException(
        ErrorCode.NOT_FOUND,
        "REVISION_NOT_FOUND",
        "document " + document + " has another revision now",
        new ErrorDetail.Resource(
            "ragline.dev/Revision", document.resourceName(corpus) + "/revisions/" + revision));
  }

  /** What is being read in parts is no longer what its first part was of. */
  public static RagException documentReplaced(CorpusId corpus, DocumentId document) {
    return new RagException(
        ErrorCode.ABORTED,
        "DOCUMENT_REPLACED",
        "document " + document + " was replaced in the meantime: begin again with the first page",
        new ErrorDetail.Resource("ragline.dev/Document", document.resourceName(corpus)));
  }

  /** Something about {@code subject} must be changed before the call can succeed. */
  public static RagException failedPrecondition(String type, String subject, String message) {
    return new RagException(
        ErrorCode.FAILED_PRECONDITION,
        type,
        message,
        new ErrorDetail.Precondition(type, subject, message));
  }

  /** Somebody changed the resource in the meantime. */
  public static RagException etagMismatch(String resourceType, String name) {
    return new RagException(
        ErrorCode.ABORTED,
        "ETAG_MISMATCH",
        name + " was changed in the meantime",
        new ErrorDetail.Resource(resourceType, name));
  }

  /** Something that is needed cannot be reached now. */
  public static RagException unavailable(
      String reason, String message, Duration retryAfter, @Nullable Throwable cause) {
    return new RagException(
        ErrorCode.UNAVAILABLE, reason, message, cause, new ErrorDetail.Retry(retryAfter));
  }

  public ErrorCode code() {
    return code;
  }

  /** A word to switch on, in UPPER_SNAKE_CASE. */
  public String reason() {
    return reason;
  }

  /** What a caller can act on. */
  public List<ErrorDetail> details() {
    return details;
  }
}
