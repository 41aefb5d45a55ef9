package dev.ragline.client;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link RagClient}; the connection is plaintext. */
public final class RagClientBuilder {
  /** Room for the results of a large evaluation; all else stays below gRPC's own 4 MiB. */
  private static final int MAX_INBOUND_BYTES = 64 * 1024 * 1024;

  private final String target;
  private @Nullable Duration deadline;
  private @Nullable Duration keepAlive;
  private String userAgent = "ragline-java";
  private int maxInboundBytes = MAX_INBOUND_BYTES;
  private Resuming resuming = Resuming.DEFAULT;

  RagClientBuilder(String target) {
    this.target = target;
  }

  /** How long each call may take, streams included; without it calls wait for the server. */
  public RagClientBuilder deadline(Duration perCall) {
    if (perCall.isNegative() || perCall.isZero()) {
      throw new IllegalArgumentException("a deadline is positive, not " + perCall);
    }
    this.deadline = perCall;
    return this;
  }

  /** What the server's logs call this client. */
  public RagClientBuilder userAgent(String name) {
    this.userAgent = name;
    return this;
  }

  /** The largest message taken from the server, in bytes; 64 MiB where not set. */
  public RagClientBuilder maxInboundBytes(int bytes) {
    this.maxInboundBytes = bytes;
    return this;
  }

  /**
   * Asks the server for a sign of life after so much silence during a call, so that a connection
   * that died without a word is noticed. Off where not set; servers refuse clients that ask more
   * often than they allow.
   */
  public RagClientBuilder keepAlive(Duration silence) {
    this.keepAlive = silence;
    return this;
  }

  /** What is done when the connection breaks under an answer's stream. */
  public RagClientBuilder resuming(Resuming answers) {
    this.resuming = answers;
    return this;
  }

  /** The client; it connects with its first call. */
  public RagClient build() {
    NettyChannelBuilder channel =
        NettyChannelBuilder.forTarget(target)
            .usePlaintext()
            .userAgent(userAgent)
            .maxInboundMessageSize(maxInboundBytes);
    Duration silence = keepAlive;
    if (silence != null) {
      channel.keepAliveTime(silence.toNanos(), TimeUnit.NANOSECONDS);
    }
    return new RagClient(channel.build(), deadline, resuming);
  }
}
