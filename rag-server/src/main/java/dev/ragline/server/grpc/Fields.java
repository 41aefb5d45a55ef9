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

  /** Does work that knows one field by a short name, for example without the message around it. */
  static <T> T calling(String shortName, String field, Supplier<T> work) {
    return renaming(work, within -> within.equals(shortName) ? field : within);
  }

  /** Does work that knows fields by other names. */
  static <T> T renaming(Supplier<T> read, UnaryOperator<String> rename) {
    try {
      return read.get();
    } catch (RagException e) {
      for (ErrorDetail detail : e.details()) {
        if (detail instanceof ErrorDetail.BadField(String field, String description)) {
          String renamed = rename.apply(field);
          throw renamed.equals(field) ? e : renamed(e, renamed, description);
        }
      }
      throw e;
    }
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
