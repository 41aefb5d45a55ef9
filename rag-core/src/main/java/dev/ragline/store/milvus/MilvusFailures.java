package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.v2.exception.MilvusClientException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What Milvus's failures mean to callers. */
final class MilvusFailures {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final int RATE_LIMITED = 8;
  private static final int QUOTA_EXCEEDED = 9;
  private static final int COLLECTION_NOT_FOUND = 100;
  private static final int COLLECTION_NOT_LOADED = 101;
  private static final int COLLECTION_NOT_FULLY_LOADED = 103;
  private static final int ALIAS_NOT_FOUND = 1600;

  private MilvusFailures() {}

  /** Whether a collection is not there. */
  static boolean isMissing(MilvusClientException e) {
    return e.getServerErrCode() == COLLECTION_NOT_FOUND;
  }

  /** Whether an alias is not there. */
  static boolean isMissingAlias(MilvusClientException e) {
    return e.getServerErrCode() == ALIAS_NOT_FOUND;
  }

  /**
   * Whether a collection may be there, but not in memory. Milvus Lite says so by a code that the
   * SDK does not know, and cannot even hand on.
   */
  static boolean mayNotBeLoaded(MilvusClientException e) {
    int code = e.getServerErrCode();
    return code == COLLECTION_NOT_LOADED
        || code == COLLECTION_NOT_FULLY_LOADED
        || cause(e, IllegalArgumentException.class) != null;
  }

  /** Whether the very same call may succeed a moment later. */
  static boolean isTransient(MilvusClientException e) {
    Status.Code status = status(e);
    return status == null
        ? isUnready(e.getServerErrCode())
        : status == Status.Code.UNAVAILABLE && cause(e, SSLException.class) == null;
  }

  /** Whether the server answered that it cannot do this, and will not later. */
  static boolean isAnswer(MilvusClientException e) {
    int code = e.getServerErrCode();
    return status(e) == null && !isUnready(code) && !isBusy(code);
  }

  private static boolean isBusy(int code) {
    return code == RATE_LIMITED || code == QUOTA_EXCEEDED;
  }

  /**
   * Codes by which a server says that a part of it is starting, moving or gone: 1 to 4 of the
   * service itself, 400 to 699 of replicas, channels and segments, 900 to 999 of nodes.
   */
  private static boolean isUnready(int code) {
    return (code >= 1 && code <= 4) || (code >= 400 && code < 700) || (code >= 900 && code < 1000);
  }

  private static Status.@Nullable Code status(MilvusClientException e) {
    var rpc = cause(e, io.milvus.shaded.io.grpc.StatusRuntimeException.class);
    return rpc == null ? null : rpc.getStatus().getCode();
  }

  private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  /**
   * The failure of a call.
   *
   * @param what the call, for people
   * @param call the caller's
   */
  static RagException of(String what, URI store, Call call, MilvusClientException e) {
    Status.Code status = status(e);
    if (status == null) {
      return ofServer(what, e);
    }
    return switch (status) {
      case CANCELLED ->
          new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled while " + what, e);
      case DEADLINE_EXCEEDED -> late(what, store, call, e);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          RagException.failedPrecondition(
              "STORE_CREDENTIALS_REFUSED",
              "store",
              "Milvus at %s refuses the credentials; see store.token".formatted(place(store)));
      case RESOURCE_EXHAUSTED -> busy(e);
      default -> unreachable(store, e);
    };
  }

  private static RagException late(String what, URI store, Call call, MilvusClientException e) {
    if (call.isBounded() && call.remaining(RETRY_AFTER).isZero()) {
      return new RagException(
          ErrorCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline passed while " + what, e);
    }
    return RagException.unavailable(
        "STORE_UNAVAILABLE",
        "Milvus at %s did not answer in time while %s".formatted(place(store), what),
        RETRY_AFTER,
        e);
  }

  private static RagException unreachable(URI store, MilvusClientException e) {
    SSLException tls = cause(e, SSLException.class);
    if (tls != null) {
      return RagException.failedPrecondition(
          "STORE_TLS_FAILED",
          "store",
          "TLS with Milvus at %s fails (%s); see store.ca-file, store.cert-file, store.server-name"
              .formatted(place(store), tls.getMessage()));
    }
    return RagException.unavailable(
        "STORE_UNAVAILABLE",
        "Milvus at %s cannot be reached".formatted(place(store)),
        RETRY_AFTER,
        e);
  }

  private static RagException ofServer(String what, MilvusClientException e) {
    int code = e.getServerErrCode();
    if (isBusy(code)) {
      return busy(e);
    }
    if (isUnready(code) || mayNotBeLoaded(e)) {
      return RagException.unavailable(
          "STORE_UNAVAILABLE", "Milvus is not ready while " + what, RETRY_AFTER, e);
    }
    return new RagException(ErrorCode.INTERNAL, "STORE_FAILED", "Milvus failed while " + what, e);
  }

  private static RagException busy(MilvusClientException e) {
    String description = "Milvus takes no more for now: its rate, memory or disk is at its limit";
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "STORE_QUOTA",
        description,
        e,
        new ErrorDetail.Quota("store", description),
        new ErrorDetail.Retry(RETRY_AFTER));
  }

  private static String place(URI store) {
    return store.getAuthority();
  }
}
