package dev.ragline.client.cli;

import dev.ragline.client.RagClientException;
import io.grpc.Status;
import java.time.Duration;

/** Ends a command with a message of one line and an exit code. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The work failed. */
  static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  /** The command was used wrongly. */
  static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** The server is not there, or is there no more. */
  static CommandException unreachable(String message) {
    return new CommandException(ExitCode.UNREACHABLE, message);
  }

  /** A call failed. */
  static CommandException of(RagClientException failure, String server, Duration timeout) {
    if (failure.isServerUnreachable()) {
      return unreachable(
          "cannot reach a Ragline server at " + server + "; start one with: rag serve");
    }
    if (failure.code() == Status.Code.DEADLINE_EXCEEDED && failure.reason().isEmpty()) {
      return failed(
          "the server did not finish within %s; --timeout allows longer (DEADLINE_EXCEEDED)"
              .formatted(DurationConverter.format(timeout)));
    }
    return failed(describe(failure));
  }

  /** The failure's message, with the word to switch on in parentheses. */
  static String describe(RagClientException failure) {
    String message = Text.oneLine(String.valueOf(failure.getMessage()));
    String retry =
        failure
            .retryDelay()
            .map(delay -> "; try again in " + DurationConverter.format(delay))
            .orElse("");
    return message + retry + " (" + failure.reason().orElse(failure.code().name()) + ")";
  }

  int exitCode() {
    return exitCode;
  }
}
