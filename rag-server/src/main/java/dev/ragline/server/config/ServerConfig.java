package dev.ragline.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where and within what limits gRPC is served.
 *
 * @param host the address to listen on; the loopback address unless told otherwise
 * @param port 0 takes a free one
 * @param portFile a file that gets the port once the server answers; empty for none
 * @param maxMessageBytes the largest request message
 * @param maxMetadataBytes the largest request metadata
 * @param maxCallsPerConnection calls at once on one connection
 * @param maxResetsPerSecond streams that a connection may reset before it is closed
 * @param maxCallSeconds a call's deadline when the caller's is later or missing
 * @param maxConnectionAgeSeconds after how long a client is asked to connect anew; 0 for never
 * @param maxConnectionAgeGraceSeconds how long calls may go on on such a connection
 * @param lameDuckSeconds how long new calls are taken after SIGTERM, while the health says that
 *     they should go elsewhere; -1 for what suits the host
 * @param drainSeconds how long calls may go on after that
 */
public record ServerConfig(
    String host,
    int port,
    String portFile,
    int maxMessageBytes,
    int maxMetadataBytes,
    int maxCallsPerConnection,
    int maxResetsPerSecond,
    int maxCallSeconds,
    int maxConnectionAgeSeconds,
    int maxConnectionAgeGraceSeconds,
    int lameDuckSeconds,
    int drainSeconds) {
  public static final ServerConfig DEFAULT =
      new ServerConfig("127.0.0.1", 50051, "", 4 << 20, 16 << 10, 256, 200, 600, 0, 600, -1, 20);

  /** Time for load balancers to see the health; on this machine alone there is none. */
  private static final int LAME_DUCK_SECONDS = 5;

  public ServerConfig {
    ConfigException.require(!host.isBlank(), "server.host", "is empty");
    ConfigException.require(port >= 0 && port <= 65535, "server.port", "is not 0 to 65535");
    ConfigException.require(
        maxMessageBytes >= 2 << 20, "server.max-message-bytes", "is less than 2 MiB");
    ConfigException.require(
        maxMetadataBytes >= 1 << 10, "server.max-metadata-bytes", "is less than 1 KiB");
    ConfigException.require(
        maxCallsPerConnection > 0, "server.max-calls-per-connection", "is less than 1");
    ConfigException.require(
        maxResetsPerSecond > 0, "server.max-resets-per-second", "is less than 1");
    ConfigException.require(maxCallSeconds > 0, "server.max-call-seconds", "is less than 1");
    ConfigException.require(
        maxConnectionAgeSeconds >= 0, "server.max-connection-age-seconds", "is less than 0");
    ConfigException.require(
        maxConnectionAgeGraceSeconds > 0,
        "server.max-connection-age-grace-seconds",
        "is less than 1");
    ConfigException.require(lameDuckSeconds >= -1, "server.lame-duck-seconds", "is less than -1");
    ConfigException.require(drainSeconds >= 0, "server.drain-seconds", "is less than 0");
  }

  /** How long new calls are taken after SIGTERM: none on a loopback address unless told so. */
  public Duration lameDuck() {
    int usual = isLoopback() ? 0 : LAME_DUCK_SECONDS;
    return Duration.ofSeconds(lameDuckSeconds < 0 ? usual : lameDuckSeconds);
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** How long calls may go on after that. */
  public Duration drain() {
    return Duration.ofSeconds(drainSeconds);
  }
}
