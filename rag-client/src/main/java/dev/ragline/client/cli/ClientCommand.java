package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that talks to a server: connects, hands over, and says what went wrong. */
abstract class ClientCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  final Shell shell;

  @Mixin private final ServerOptions server = new ServerOptions();

  ClientCommand(Shell shell) {
    this.shell = shell;
  }

  /** Does the work and returns the exit code. */
  abstract int run(RagClient client);

  /** Checks what picocli cannot; nothing is connected yet. */
  void check() {}

  /** How long a call may take where the user says nothing. */
  Duration usualTimeout() {
    return TIMEOUT;
  }

  final boolean json() {
    return server.json();
  }

  final String server() {
    return server.server(shell);
  }

  @Override
  public final Integer call() {
    String target = server();
    Duration timeout = server.timeout(usualTimeout());
    check();
    try (RagClient client = server.connect(target, timeout)) {
      shell.onInterrupt(client::close);
      return run(client);
    } catch (RagClientException e) {
      if (shell.interrupted()) {
        return ExitCode.INTERRUPTED;
      }
      throw CommandException.of(e, target, timeout);
    }
  }
}
