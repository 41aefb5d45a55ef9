package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.cli.CommandLineHarness.Ended;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthCommandTest {
  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  @Test
  void health_serverThatServes_isDone() {
    assertThat(rag.run("health")).isEqualTo(new Ended(0, "SERVING\n", ""));
    assertThat(rag.run("health", "--json").out()).isEqualTo("{\"status\":\"SERVING\"}\n");
  }

  @Test
  void health_serverThatDoesNotServe_isAFailure() {
    rag.server.health.setStatus("", ServingStatus.NOT_SERVING);
    assertThat(rag.run("health")).isEqualTo(new Ended(1, "NOT_SERVING\n", ""));
  }

  @Test
  void health_noServer_isUnreachable() {
    rag.server.close();
    assertThat(rag.run("health").exitCode()).isEqualTo(3);
  }
}
