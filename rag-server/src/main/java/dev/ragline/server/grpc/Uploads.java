package dev.ragline.server.grpc;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.ingest.IngestMemory;
import dev.ragline.ingest.Ingestor;
import dev.ragline.server.config.IngestLimits;
import dev.ragline.spool.SpoolFolder;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * What all uploads to a server share.
 *
 * @param memory what they may hold
 * @param spools where those are that are too large for memory
 * @param places for those that hold bytes
 */
record Uploads(
    Ingestor ingestor,
    Calls calls,
    Execution execution,
    IngestMemory memory,
    IngestLimits limits,
    SpoolFolder spools,
    Semaphore places) {
  private static final Duration SOON = Duration.ofSeconds(1);

  Uploads(
      Ingestor ingestor,
      Calls calls,
      Execution execution,
      IngestMemory memory,
      IngestLimits limits,
      SpoolFolder spools) {
    this(ingestor, calls, execution, memory, limits, spools, new Semaphore(limits.maxUploads()));
  }

  /** For how long a client may send nothing. */
  Duration silence() {
    return Duration.ofSeconds(limits.silenceSeconds());
  }

  /**
   * Takes one of the places.
   *
   * @throws RagException RESOURCE_EXHAUSTED when there is none
   */
  void takePlace() {
    if (!places.tryAcquire()) {
      throw new RagException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "TOO_MANY_UPLOADS",
          "too many uploads at once",
          new ErrorDetail.Retry(SOON));
    }
  }

  void leavePlace() {
    places.release();
  }
}
