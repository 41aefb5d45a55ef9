package dev.ragline.testing.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A free port of the loopback address that stays ours, also while nobody listens on it: a socket is
 * bound to it but takes no connections, so they are refused, and a server that allows for reuse, as
 * nearly all do, can come and go.
 */
final class HeldPort implements AutoCloseable {
  private final Socket holder = new Socket();

  HeldPort() {
    try {
      holder.setReuseAddress(true);
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int number() {
    return holder.getLocalPort();
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
