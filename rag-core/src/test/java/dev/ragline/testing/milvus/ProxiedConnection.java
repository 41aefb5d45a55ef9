package dev.ragline.testing.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.function.Consumer;

/** One connection through a proxy: two threads that carry bytes, one in each direction. */
final class ProxiedConnection {
  private static final int CHUNK_BYTES = 1 << 16;

  private final Socket client;
  private final Socket server = new Socket();
  private final URI upstream;
  private final Weather weather;
  private final Consumer<ProxiedConnection> ended;

  ProxiedConnection(
      Socket client, URI upstream, Weather weather, Consumer<ProxiedConnection> ended) {
    this.client = client;
    this.upstream = upstream;
    this.weather = weather;
    this.ended = ended;
  }

  void start() {
    Thread.ofVirtual().name("proxied-" + client.getPort()).start(this::run);
  }

  /** Closes both ends; what is under way is lost. */
  void close() {
    closeQuietly(client);
    closeQuietly(server);
  }

  private void run() {
    try {
      server.connect(new InetSocketAddress(upstream.getHost(), upstream.getPort()));
      Thread back = Thread.ofVirtual().start(() -> carry(server, client));
      carry(client, server);
      back.join();
    } catch (IOException refused) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
      ended.accept(this);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
        weather.hold();
        out.write(chunk, 0, size);
        out.flush();
      }
      weather.hold();
      to.shutdownOutput();
    } catch (IOException broken) {
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException broken) {
      // It is closed all the same.
    }
  }
}
