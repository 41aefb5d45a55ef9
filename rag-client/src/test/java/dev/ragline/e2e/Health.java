package dev.ragline.e2e;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/** What a server says of its own health. */
final class Health {
  private Health() {}

  /** The health of the server as a whole. */
  static ServingStatus of(ServerProcess server) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(server.address()).usePlaintext().build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      channel.shutdownNow();
    }
  }

  /** Waits until a server says that it serves, or that it does not. */
  static void await(ServerProcess server, ServingStatus status) {
    Waiting.until("the health is " + status, () -> of(server) == status);
  }
}
