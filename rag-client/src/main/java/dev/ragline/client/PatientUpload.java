package dev.ragline.client;

import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An upload of what can be read again: refused because something has run out for the moment, it
 * waits for as long as the server says and tries again, all within one call's deadline.
 */
final class PatientUpload {
  /** What is uploaded; each try reads it anew. */
  interface Content {
    InputStream open() throws IOException;
  }

  private PatientUpload() {}

  static UploadDocumentResponse run(Calls calls, UploadHeader header, Content content)
      throws IOException {
    CallOptions options = calls.options();
    while (true) {
      try (InputStream stream = content.open()) {
        return Upload.run(calls, options, header, stream);
      } catch (RagClientException e) {
        calls.pause(worthwhileDelay(e, options), "interrupted while uploading");
      }
    }
  }

  /** When to try again; throws the failure where that is not worth while. */
  private static Duration worthwhileDelay(RagClientException failure, CallOptions options) {
    Duration delay = failure.retryDelay().orElseThrow(() -> failure);
    Deadline deadline = options.getDeadline();
    boolean late =
        deadline != null && deadline.timeRemaining(TimeUnit.MILLISECONDS) <= delay.toMillis();
    if (failure.code() != Status.Code.RESOURCE_EXHAUSTED || late) {
      throw failure;
    }
    return delay;
  }
}
