package dev.ragline.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a caller can act on, beside the message; each kind maps to one message of google.rpc. */
public sealed interface ErrorDetail {
  /** A field of the request breaks its rule. */
  record BadField(String field, String description) implements ErrorDetail {}

  /** The resource that the failure is about, by type ({@code ragline.dev/Corpus}) and name. */
  record Resource(String type, String name) implements ErrorDetail {}

  /** What must be changed before the call can succeed. */
  record Precondition(String type, String subject, String description) implements ErrorDetail {}

  /** A limit that was reached. */
  record Quota(String subject, String description) implements ErrorDetail {}

  /** When trying again makes sense. */
  record Retry(Duration delay) implements ErrorDetail {
    /** The delay that details tell, if any. */
    public static Optional<Duration> of(List<ErrorDetail> details) {
      return details.stream()
          .filter(Retry.class::isInstance)
          .map(detail -> ((Retry) detail).delay())
          .findFirst();
    }
  }

  /** A fact for programs, as a key and a value of ErrorInfo's metadata. */
  record Fact(String key, String value) implements ErrorDetail {}
}
