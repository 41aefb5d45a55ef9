package dev.ragline.document;

/** What kind of failure it is; the names and meanings of {@code google.rpc.Code}. */
public enum ErrorCode {
  CANCELLED,
  INVALID_ARGUMENT,
  DEADLINE_EXCEEDED,
  NOT_FOUND,
  ALREADY_EXISTS,
  RESOURCE_EXHAUSTED,
  FAILED_PRECONDITION,
  ABORTED,
  OUT_OF_RANGE,
  UNIMPLEMENTED,
  INTERNAL,
  UNAVAILABLE
}
