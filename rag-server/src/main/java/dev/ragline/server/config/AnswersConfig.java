package dev.ragline.server.config;

import static dev.ragline.server.config.ConfigException.require;

/**
 * How much is kept of answers, so that streams that broke can be resumed and answers be read again.
 *
 * @param logBytes of events kept of one answer, the last ones
 * @param memoryBytes of events kept in memory, of all answers together
 * @param memorySeconds how long a finished answer is kept in memory
 * @param diskBytes of finished answers kept in the store's folder; 0 for none
 * @param diskSeconds how long they are
 * @param heartbeatSeconds after how much silence an answer's stream says that it is still there
 * @param leaseSeconds how long an answer that goes on without its caller goes on without any reader
 * @param maxContinued answers at once that go on when their callers are gone
 */
public record AnswersConfig(
    int logBytes,
    int memoryBytes,
    int memorySeconds,
    int diskBytes,
    int diskSeconds,
    int heartbeatSeconds,
    int leaseSeconds,
    int maxContinued) {
  public static final AnswersConfig DEFAULT =
      new AnswersConfig(128 << 10, 64 << 20, 600, 256 << 20, 86_400, 15, 15, 1000);

  public AnswersConfig {
    require(logBytes >= 16 << 10, "answers.log-bytes", "is less than 16 KiB");
    require(memoryBytes >= logBytes, "answers.memory-bytes", "is less than answers.log-bytes");
    require(memorySeconds > 0, "answers.memory-seconds", "is less than 1");
    require(diskBytes >= 0, "answers.disk-bytes", "is less than 0");
    require(diskSeconds > 0, "answers.disk-seconds", "is less than 1");
    require(heartbeatSeconds > 0, "answers.heartbeat-seconds", "is less than 1");
    require(leaseSeconds > 0, "answers.lease-seconds", "is less than 1");
    require(maxContinued > 0, "answers.max-continued", "is less than 1");
  }
}
