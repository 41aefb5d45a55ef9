package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A call's status, checked for what every status of ours must have. */
record Failure(Status.Code code, com.google.rpc.Status details) {
  /** Makes a call that is to fail on the server. */
  static Failure of(ThrowingCallable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(failure).as("the call was to fail").isNotNull();
    return of(failure);
  }

  static Failure of(StatusRuntimeException failure) {
    com.google.rpc.Status details =
        Objects.requireNonNull(StatusProto.fromThrowable(failure), "a status");
    Failure read = new Failure(failure.getStatus().getCode(), details);
    assertThat(details.getDetailsList().stream().map(Any::getTypeUrl))
        .as("%s: %s", read.code, details.getMessage())
        .doesNotHaveDuplicates();
    assertThat(read.detail(ErrorInfo.class).getDomain()).isEqualTo("ragline.dev");
    assertThat(read.reason()).matches("[A-Z][A-Z0-9_]+");
    assertThat(read.message()).isNotBlank().doesNotContain("\n").hasSizeLessThan(2000);
    return read;
  }

  String message() {
    return details.getMessage();
  }

  String reason() {
    return detail(ErrorInfo.class).getReason();
  }

  String fact(String key) {
    return detail(ErrorInfo.class).getMetadataOrDefault(key, "");
  }

  /** The fields that break their rules. */
  List<String> fields() {
    return detail(BadRequest.class).getFieldViolationsList().stream()
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }

  String resource() {
    return detail(ResourceInfo.class).getResourceName();
  }

  <T extends Message> T detail(Class<T> type) {
    for (Any detail : details.getDetailsList()) {
      if (detail.is(type)) {
        try {
          return detail.unpack(type);
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError(e);
        }
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + code + ": " + details);
  }
}
