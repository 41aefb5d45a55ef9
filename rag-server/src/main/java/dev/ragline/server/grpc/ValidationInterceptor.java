package dev.ragline.server.grpc;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses requests that break the rules written on the protos, before they reach a service. */
final class ValidationInterceptor implements ServerInterceptor {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        if (refused) {
          return;
        }
        try {
          validate((Message) message);
        } catch (RuntimeException e) {
          refused = true;
          // The service hears of it as of a caller that went away, and before the caller does: who
          // asks again at once finds the place free that the call held.
          super.onCancel();
          Statuses.close(call, e);
          return;
        }
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        if (!refused) {
          super.onCancel();
        }
      }

      @Override
      public void onReady() {
        if (!refused) {
          super.onReady();
        }
      }
    };
  }

  private void validate(Message message) {
    ValidationResult result;
    try {
      result = validator.validate(message);
    } catch (ValidationException e) {
      throw new IllegalStateException("the rules on " + message.getClass() + " do not compile", e);
    }
    if (!result.isSuccess()) {
      throw failure(result.getViolations());
    }
  }

  private static RagException failure(List<Violation> violations) {
    ErrorDetail[] fields =
        violations.stream()
            .map(v -> new ErrorDetail.BadField(path(v), v.toProto().getMessage()))
            .toArray(ErrorDetail[]::new);
    String told =
        violations.stream()
            .limit(StatusDetails.MAX_VIOLATIONS)
            .map(v -> path(v) + ": " + v.toProto().getMessage())
            .collect(Collectors.joining("; "));
    int more = violations.size() - StatusDetails.MAX_VIOLATIONS;
    String message = more > 0 ? told + "; and " + more + " more" : told;
    return new RagException(ErrorCode.INVALID_ARGUMENT, "INVALID_FIELD", message, fields);
  }

  private static String path(Violation violation) {
    return violation.toProto().getField().getElementsList().stream()
        .map(ValidationInterceptor::name)
        .collect(Collectors.joining("."));
  }

  private static String name(FieldPathElement element) {
    return element.hasIndex()
        ? "%s[%d]".formatted(element.getFieldName(), element.getIndex())
        : element.getFieldName();
  }
}
