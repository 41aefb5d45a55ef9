package dev.ragline.server.grpc;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Reads values of requests; one that is refused is reported for the field that it came in. */
final class Fields {
  private Fields() {}

  /** Reads the value of one field, for example {@code header.media_type}. */
  static <T> T at(String field, Supplier<T> read) {
    return renaming(read, within -> field);
  }

  /** Reads a message whose own fields are named from there, for example below {@code corpus}. */
  static <T> T below(String field, Supplier<T> read) {
    return renaming(read, within -> field + "." + within);
  }

  /** Does work that knows fields by other names. */
  static <T> T renaming(Supplier<T> read, UnaryOperator<String> rename) {
    try {
      return read.get();
    } catch (RagException e) {
      throw renamed(e, rename);
    }
  }

  /** A failure of work that knows fields by other names. */
  static RagException renamed(RagException failure, UnaryOperator<String> rename) {
    for (ErrorDetail detail : failure.details()) {
      if (detail instanceof ErrorDetail.BadField(String field, String description)) {
        String renamed = rename.apply(field);
        return renamed.equals(field) ? failure : renamed(failure, renamed, description);
      }
    }
    return failure;
  }

  /** The same refusal of a field by another name; facts such as the place stay. */
  private static RagException renamed(RagException refusal, String field, String description) {
    ErrorDetail[] details =
        Stream.concat(
                Stream.of(new ErrorDetail.BadField(field, description)),
                refusal.details().stream().filter(ErrorDetail.Fact.class::isInstance))
            .toArray(ErrorDetail[]::new);
    return new RagException(
        ErrorCode.INVALID_ARGUMENT, "INVALID_FIELD", field + ": " + description, details);
  }
}
