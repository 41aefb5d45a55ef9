package dev.ragline.server.grpc;

import com.google.rpc.Status;
import java.nio.charset.StandardCharsets;

/**
 * How large a status is as HTTP/2 trailers: the message percent-encoded in {@code grpc-message},
 * and all of it once more, in base64, in {@code grpc-status-details-bin}. Each trailer counts with
 * its name and 32 bytes (RFC 9113, 6.5.2).
 */
final class StatusSize {
  private static final int PER_TRAILER = 32;
  private static final int NAMES =
      "grpc-message".length() + "grpc-status-details-bin".length() + 2 * PER_TRAILER;

  private StatusSize() {}

  /** Bytes of both trailers. */
  static int of(Status status) {
    return NAMES + percentEncoded(status.getMessage()) + base64(status.getSerializedSize());
  }

  private static int percentEncoded(String message) {
    int size = 0;
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      size += b >= ' ' && b < '~' && b != '%' ? 1 : 3;
    }
    return size;
  }

  /** Without padding. */
  private static int base64(int bytes) {
    return (bytes * 4 + 2) / 3;
  }
}
