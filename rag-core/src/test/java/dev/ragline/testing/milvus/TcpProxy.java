package dev.ragline.testing.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network between a client and a server that fails on demand: it can be cut, slow, or hang, and
 * heals again. Optionally it speaks TLS with the client, before a server that does not.
 */
public final class TcpProxy implements AutoCloseable {
  private final URI upstream;
  private final @Nullable TlsTerms tls;
  private final HeldPort port = new HeldPort();
  private final Weather weather = new Weather();
  private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listener;
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable Thread acceptor;

  private TcpProxy(String upstream, @Nullable TlsTerms tls) {
    this.upstream = URI.create(upstream);
    this.tls = tls;
    heal();
  }

  /** A proxy before {@code upstream}, such as {@code http://127.0.0.1:19530}. */
  public static TcpProxy to(String upstream) {
    return new TcpProxy(upstream, null);
  }

  /** One that speaks TLS, and HTTP/2 within, with the client. */
  public static TcpProxy to(String upstream, TlsTerms tls) {
    return new TcpProxy(upstream, tls);
  }

  /** Where clients find it, {@code http://127.0.0.1:PORT} or {@code https://…}; never changes. */
  public String address() {
    return (tls == null ? "http" : "https") + "://127.0.0.1:" + port.number();
  }

  /** Closes all connections and refuses new ones. */
  public synchronized void cut() {
    if (listener != null) {
      close(listener);
      listener = null;
    }
    // A closed socket listens on until nobody waits in it.
    if (acceptor != null) {
      join(acceptor);
    }
    open.forEach(ProxiedConnection::close);
  }

  /** Lets everything through again, at once; what hung is delivered. */
  public synchronized void heal() {
    weather.clear();
    if (listener == null) {
      ServerSocket listening = listen();
      listener = listening;
      acceptor = Thread.ofVirtual().name("proxy-" + port.number()).start(() -> accept(listening));
    }
  }

  /** Keeps back each chunk of bytes, in either direction, for this long. */
  public void delay(Duration delay) {
    weather.delay(delay);
  }

  /** Takes connections and bytes but delivers nothing, until it heals. */
  public void hang() {
    weather.hang();
  }

  /** How many connections it has taken since it was made. */
  public int connections() {
    return connections.get();
  }

  /** Cuts it for good. */
  @Override
  public void close() {
    cut();
    port.close();
  }

  private ServerSocket listen() {
    try {
      return tls == null
          ? new ServerSocket(port.number(), 0, InetAddress.getLoopbackAddress())
          : tls.listen(port.number());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket listening) {
    while (true) {
      try {
        take(listening.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void take(Socket client) {
    connections.incrementAndGet();
    ProxiedConnection connection = new ProxiedConnection(client, upstream, weather, open::remove);
    open.add(connection);
    connection.start();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void close(ServerSocket listening) {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
