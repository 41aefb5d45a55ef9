package dev.ragline.client.fake;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Locale;

/** Failures as a server sends them. */
public final class Errors {
  private Errors() {}

  public static StatusRuntimeException of(
      Status.Code code, String reason, String message, Message... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message);
    status.addDetails(
        Any.pack(ErrorInfo.newBuilder().setDomain("ragline.dev").setReason(reason).build()));
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  static StatusRuntimeException notFound(String kind, String name) {
    String id = name.substring(name.lastIndexOf('/') + 1);
    return of(
        Status.Code.NOT_FOUND,
        kind.toUpperCase(Locale.ROOT) + "_NOT_FOUND",
        "there is no " + kind + " " + id,
        ResourceInfo.newBuilder().setResourceName(name).build());
  }

  static StatusRuntimeException invalid(String field, String message) {
    return of(
        Status.Code.INVALID_ARGUMENT,
        "INVALID_FIELD",
        field + ": " + message,
        BadRequest.newBuilder()
            .addFieldViolations(
                BadRequest.FieldViolation.newBuilder().setField(field).setDescription(message))
            .build());
  }

  /** A server that does not hold an answer. */
  public static StatusRuntimeException answerNotHeld(String name) {
    return of(
        Status.Code.NOT_FOUND,
        "ANSWER_NOT_HELD",
        "this server does not hold the answer",
        ResourceInfo.newBuilder().setResourceName(name).build());
  }

  /** A server with no room for one more upload. */
  public static StatusRuntimeException tooManyUploads(Duration tryAgainIn) {
    return of(
        Status.Code.RESOURCE_EXHAUSTED,
        "TOO_MANY_UPLOADS",
        "too many uploads at once",
        RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(tryAgainIn.toMillis())).build());
  }

  /** A model that cannot be reached, to be tried again in two seconds. */
  public static StatusRuntimeException modelUnavailable() {
    return of(
        Status.Code.UNAVAILABLE,
        "LLM_UNREACHABLE",
        "the language model cannot be reached",
        RetryInfo.newBuilder().setRetryDelay(Durations.fromSeconds(2)).build());
  }

  /** A store that cannot be reached, to be tried again in a second. */
  public static StatusRuntimeException storeUnavailable() {
    return of(
        Status.Code.UNAVAILABLE,
        "STORE_UNAVAILABLE",
        "the store is away",
        RetryInfo.newBuilder().setRetryDelay(Durations.fromSeconds(1)).build());
  }
}
