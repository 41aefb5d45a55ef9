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
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Puts a failure and its details into a status, each type of detail once, with bounded texts. */
final class StatusDetails {
  static final String DOMAIN = "ragline.dev";

  /** Violations that are told; there may be one for each of thousands of values. */
  static final int MAX_VIOLATIONS = 10;

  /** ErrorInfo's key for how many violations there are beside those that are told. */
  private static final String MORE_VIOLATIONS = "more_violations";

  /** A message may be longer than the texts of details, but is for people. */
  private static final int MAX_MESSAGE_BYTES = 1500;

  private static final int MESSAGE_SHARE = 4;

  private final int textBytes;
  private final ErrorInfo.Builder info = ErrorInfo.newBuilder().setDomain(DOMAIN);
  private final Map<Class<?>, Message.Builder> others = new LinkedHashMap<>();
  private int violations;

  private StatusDetails(int textBytes) {
    this.textBytes = textBytes;
  }

  /**
   * A failure as a status.
   *
   * @param textBytes the most bytes of UTF-8 of a text in a detail; the message may have four times
   *     as many
   */
  static Status of(RagException failure, int textBytes) {
    StatusDetails details = new StatusDetails(textBytes);
    details.info.setReason(failure.reason());
    failure.details().forEach(details::add);
    return details.build(failure);
  }

  private Status build(RagException failure) {
    if (violations > MAX_VIOLATIONS) {
      info.putMetadata(MORE_VIOLATIONS, Integer.toString(violations - MAX_VIOLATIONS));
    }
    int messageBytes = Math.min(MAX_MESSAGE_BYTES, MESSAGE_SHARE * textBytes);
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    Status.Builder status =
        Status.newBuilder()
            .setCode(io.grpc.Status.Code.valueOf(failure.code().name()).value())
            .setMessage(Utf8Prefix.shortened(message, messageBytes))
            .addDetails(Any.pack(info.build()));
    others.values().forEach(detail -> status.addDetails(Any.pack(detail.build())));
    return status.build();
  }

  private void add(ErrorDetail detail) {
    switch (detail) {
      case ErrorDetail.Fact(String key, String value) -> info.putMetadata(key, cut(value));
      case ErrorDetail.BadField(String field, String description) -> add(field, description);
      case ErrorDetail.Resource(String type, String name) ->
          others.put(
              ResourceInfo.class,
              ResourceInfo.newBuilder().setResourceType(type).setResourceName(cut(name)));
      case ErrorDetail.Precondition it -> add(it);
      case ErrorDetail.Quota it -> add(it);
      case ErrorDetail.Retry(Duration delay) ->
          others.put(
              RetryInfo.class,
              RetryInfo.newBuilder().setRetryDelay(Durations.fromNanos(delay.toNanos())));
    }
  }

  private void add(String field, String description) {
    if (++violations <= MAX_VIOLATIONS) {
      one(BadRequest.Builder.class, BadRequest::newBuilder)
          .addFieldViolationsBuilder()
          .setField(cut(field))
          .setDescription(cut(description));
    }
  }

  private void add(ErrorDetail.Precondition violation) {
    if (++violations <= MAX_VIOLATIONS) {
      one(PreconditionFailure.Builder.class, PreconditionFailure::newBuilder)
          .addViolationsBuilder()
          .setType(violation.type())
          .setSubject(cut(violation.subject()))
          .setDescription(cut(violation.description()));
    }
  }

  private void add(ErrorDetail.Quota violation) {
    if (++violations <= MAX_VIOLATIONS) {
      one(QuotaFailure.Builder.class, QuotaFailure::newBuilder)
          .addViolationsBuilder()
          .setSubject(cut(violation.subject()))
          .setDescription(cut(violation.description()));
    }
  }

  private <B extends Message.Builder> B one(Class<B> type, Supplier<B> builder) {
    return type.cast(others.computeIfAbsent(type, any -> builder.get()));
  }

  private String cut(String text) {
    return Utf8Prefix.shortened(text, textBytes);
  }
}
