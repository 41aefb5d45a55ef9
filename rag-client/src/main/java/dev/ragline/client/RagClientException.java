package dev.ragline.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that failed: the status with which the server, or gRPC in its place, ended it. The message
 * is the status's description, one line for people; programs switch on {@link #code()} and {@link
 * #reason()}.
 */
public sealed class RagClientException extends RuntimeException permits AnswerLostException {
  private static final long serialVersionUID = 1L;

  private final Status.Code code;
  private final transient com.google.rpc.Status details;
  private final boolean unreachable;

  private RagClientException(
      String message,
      Throwable cause,
      Status.Code code,
      com.google.rpc.Status details,
      boolean unreachable) {
    super(message, cause);
    this.code = code;
    this.details = details;
    this.unreachable = unreachable;
  }

  /** The same, known more exactly. */
  RagClientException(RagClientException same) {
    super(same.getMessage(), same);
    this.code = same.code;
    this.details = same.details;
    this.unreachable = same.unreachable;
  }

  /**
   * What a failed call means.
   *
   * @param connected whether there was a connection to the server when the call ended
   */
  static RagClientException of(Throwable failure, boolean connected) {
    if (failure instanceof RagClientException known) {
      return known;
    }
    Status status = Status.fromThrowable(failure);
    com.google.rpc.Status parsed =
        failure instanceof StatusRuntimeException ? StatusProto.fromThrowable(failure) : null;
    com.google.rpc.Status details =
        parsed == null ? com.google.rpc.Status.getDefaultInstance() : parsed;
    String description = status.getDescription();
    boolean fromServer = unpack(details, ErrorInfo.class).isPresent();
    boolean unreachable =
        !fromServer
            && (status.getCode() == Status.Code.UNAVAILABLE
                || (status.getCode() == Status.Code.DEADLINE_EXCEEDED && !connected));
    return new RagClientException(
        description == null ? "the call ended with " + status.getCode() : description,
        failure,
        status.getCode(),
        details,
        unreachable);
  }

  /** A call that this side gave up. */
  static RagClientException cancelled(String message) {
    return of(Status.CANCELLED.withDescription(message).asRuntimeException(), true);
  }

  /** A server that breaks the protocol's promises. */
  static RagClientException protocol(String message) {
    return of(Status.INTERNAL.withDescription(message).asRuntimeException(), true);
  }

  /** The status's code. */
  public Status.Code code() {
    return code;
  }

  /** A word to switch on, in UPPER_SNAKE_CASE; absent where the server itself did not answer. */
  public Optional<String> reason() {
    return errorInfo().map(ErrorInfo::getReason);
  }

  /** Facts for programs, such as {@code committed_size}. */
  public Map<String, String> facts() {
    return errorInfo().map(ErrorInfo::getMetadataMap).orElse(Map.of());
  }

  /** The fields of the request that break their rules. */
  public List<BadRequest.FieldViolation> fields() {
    return unpack(details, BadRequest.class)
        .map(BadRequest::getFieldViolationsList)
        .orElse(List.of());
  }

  /** When trying again makes sense. */
  public Optional<Duration> retryDelay() {
    return unpack(details, RetryInfo.class)
        .map(RetryInfo::getRetryDelay)
        .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
  }

  /** The resource that the failure is about. */
  public Optional<ResourceInfo> resource() {
    return unpack(details, ResourceInfo.class);
  }

  /**
   * Whether no server was there to answer: no connection, or one that was lost. A server that says
   * by itself that something behind it is unavailable was reached.
   */
  public boolean isServerUnreachable() {
    return unreachable;
  }

  private Optional<ErrorInfo> errorInfo() {
    return unpack(details, ErrorInfo.class);
  }

  private static <T extends Message> Optional<T> unpack(
      com.google.rpc.Status status, Class<T> type) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return Optional.of(detail.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty(); // a detail that cannot be read says nothing
        }
      }
    }
    return Optional.empty();
  }
}
