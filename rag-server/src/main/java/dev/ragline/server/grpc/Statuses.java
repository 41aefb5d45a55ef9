package dev.ragline.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where failures become statuses (AIP-193). Details are merged so that each type
 * appears once; a failure that nobody meant becomes INTERNAL with a number to find in the log.
 */
public final class Statuses {
  /** ErrorInfo's domain in every status. */
  public static final String DOMAIN = "ragline.dev";

  private static final Logger log = LoggerFactory.getLogger(Statuses.class);

  private Statuses() {}

  /** The status that callers see for a failure. */
  public static StatusRuntimeException of(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return status;
    }
    return StatusProto.toStatusRuntimeException(toProto(describe(failure)));
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

  /** A failure that was described, as a status. */
  static Status toProto(RagException e) {
    ErrorInfo.Builder info = ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(e.reason());
    Map<Class<?>, Message.Builder> others = new LinkedHashMap<>();
    for (ErrorDetail detail : e.details()) {
      switch (detail) {
        case ErrorDetail.Fact(String key, String value) -> info.putMetadata(key, value);
        case ErrorDetail.BadField(String field, String description) ->
            ((BadRequest.Builder)
                    others.computeIfAbsent(BadRequest.class, k -> BadRequest.newBuilder()))
                .addFieldViolationsBuilder()
                .setField(field)
                .setDescription(description);
        case ErrorDetail.Resource(String type, String name) ->
            others.put(
                ResourceInfo.class,
                ResourceInfo.newBuilder().setResourceType(type).setResourceName(name));
        case ErrorDetail.Precondition(String type, String subject, String description) ->
            ((PreconditionFailure.Builder)
                    others.computeIfAbsent(
                        PreconditionFailure.class, k -> PreconditionFailure.newBuilder()))
                .addViolationsBuilder()
                .setType(type)
                .setSubject(subject)
                .setDescription(description);
        case ErrorDetail.Quota(String subject, String description) ->
            ((QuotaFailure.Builder)
                    others.computeIfAbsent(QuotaFailure.class, k -> QuotaFailure.newBuilder()))
                .addViolationsBuilder()
                .setSubject(subject)
                .setDescription(description);
        case ErrorDetail.Retry(java.time.Duration delay) ->
            others.put(
                RetryInfo.class,
                RetryInfo.newBuilder().setRetryDelay(Durations.fromNanos(delay.toNanos())));
      }
    }
    Status.Builder status =
        Status.newBuilder().setCode(code(e.code()).value()).setMessage(e.getMessage());
    status.addDetails(Any.pack(info.build()));
    others.values().forEach(detail -> status.addDetails(Any.pack(detail.build())));
    return status.build();
  }

  private static io.grpc.Status.Code code(ErrorCode code) {
    return io.grpc.Status.Code.valueOf(code.name());
  }
}
