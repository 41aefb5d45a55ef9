package dev.ragline.server.grpc;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where failures become statuses (AIP-193). Details are merged so that each type
 * appears once; a failure that nobody meant becomes INTERNAL with a number to find in the log.
 * Whatever callers sent that a failure repeats, its status arrives: clients usually take 8 KiB of
 * trailers, and drop a status that is larger for RESOURCE_EXHAUSTED of their own.
 */
public final class Statuses {
  /** ErrorInfo's domain in every status. */
  public static final String DOMAIN = StatusDetails.DOMAIN;

  /** Bytes of a status's trailers; the rest of the usual 8 KiB is for those of proxies. */
  private static final int MAX_BYTES = 6 * 1024;

  /** Bytes that each text in a status may have at first. */
  private static final int MAX_TEXT_BYTES = 1024;

  private static final Logger log = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  /** The status that callers see for a failure. */
  public static StatusRuntimeException of(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return status;
    }
    return StatusProto.toStatusRuntimeException(toProto(describe(failure)));
  }

  /** Ends a call with a failure. */
  static void close(ServerCall<?, ?> call, Throwable failure) {
    StatusRuntimeException status = of(failure);
    Metadata trailers = status.getTrailers();
    call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /** What callers may know of a failure; what they may not goes to the log. */
  static RagException describe(Throwable failure) {
    if (failure instanceof RagException e) {
      if (e.code() == ErrorCode.INTERNAL) {
        log.error("{}: {}", e.reason(), e.getMessage(), e);
      }
      return e;
    }
    String incident = UUID.randomUUID().toString();
    log.error("incident {}", incident, failure);
    return new RagException(
        ErrorCode.INTERNAL,
        "INTERNAL",
        "something is broken in the server; its log tells more under incident " + incident,
        new ErrorDetail.Fact("incident", incident));
  }

  /** A failure that was described, as a status, with texts cut until it fits. */
  static com.google.rpc.Status toProto(RagException e) {
    int textBytes = MAX_TEXT_BYTES;
    com.google.rpc.Status status = StatusDetails.of(e, textBytes);
    while (StatusSize.of(status) > MAX_BYTES && textBytes > 0) {
      textBytes /= 2;
      status = StatusDetails.of(e, textBytes);
    }
    return status;
  }
}
