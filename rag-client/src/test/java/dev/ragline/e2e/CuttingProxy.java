package dev.ragline.e2e;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy that breaks the first connection right behind a number of the server's gRPC messages,
 * found by reading its HTTP/2 frames (RFC 9113, 4.1) and the messages in their data; the
 * connections after that are left alone.
 */
final class CuttingProxy implements AutoCloseable {
  private static final int DATA = 0;

  private final ServerSocket listener;
  private final int cutBehind;
  private final String first;
  private final String afterwards;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean cut = new AtomicBoolean();
  private final List<Socket> open = new ArrayList<>();

  private CuttingProxy(ServerSocket listener, int cutBehind, String first, String afterwards) {
    this.listener = listener;
    this.cutBehind = cutBehind;
    this.first = first;
    this.afterwards = afterwards;
  }

  /**
   * Starts a proxy.
   *
   * @param cutBehind messages of the server that the first connection lets through
   * @param first the server of the first connection
   * @param afterwards that of the others
   */
  static CuttingProxy start(int cutBehind, String first, String afterwards) {
    try {
      ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      CuttingProxy proxy = new CuttingProxy(listener, cutBehind, first, afterwards);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients find it. */
  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Whether the first connection was broken. */
  boolean hasCut() {
    return cut.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        boolean cuts = connections.getAndIncrement() == 0;
        String[] target = (cuts ? first : afterwards).split(":", 2);
        Socket server = new Socket(target[0], Integer.parseInt(target[1]));
        synchronized (open) {
          open.addAll(List.of(client, server));
        }
        Thread.ofVirtual().start(() -> copy(client, server));
        Thread.ofVirtual()
            .start(
                () -> {
                  if (cuts) {
                    copyFrames(server, client);
                  } else {
                    copy(server, client);
                  }
                });
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      var unused = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private void copyFrames(Socket server, Socket client) {
    try (server) {
      DataInputStream in = new DataInputStream(server.getInputStream());
      OutputStream out = client.getOutputStream();
      Messages messages = new Messages(cutBehind);
      while (true) {
        byte[] head = in.readNBytes(9);
        if (head.length < 9) {
          break;
        }
        byte[] payload = in.readNBytes(length(head));
        int passes = head[3] == DATA ? messages.passing(payload) : payload.length;
        boolean trailers = isEnd(head) && messages.isFull();
        if (!trailers) {
          out.write(frame(head, payload, passes));
          out.flush();
        }
        if (trailers || messages.isCut()) {
          cut.set(true);
          break;
        }
      }
      client.shutdownOutput(); // the client gets all that came before
    } catch (IOException e) {
      // One side has gone.
    }
  }

  private static int length(byte[] head) {
    return (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | (head[2] & 0xFF);
  }

  /** Trailers end a stream, and say its status. */
  private static boolean isEnd(byte[] head) {
    return head[3] == 1 && (head[4] & 1) != 0;
  }

  private static byte[] frame(byte[] head, byte[] payload, int length) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(length >> 16);
    frame.write(length >> 8);
    frame.write(length);
    frame.write(head, 3, 6);
    frame.write(payload, 0, length);
    return frame.toByteArray();
  }

  /** Counts messages: five bytes, of which four are the length, and so many bytes. */
  private static final class Messages {
    private final int most;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int left;
    private int complete;
    private boolean cut;

    Messages(int most) {
      this.most = most;
    }

    boolean isFull() {
      return complete == most;
    }

    boolean isCut() {
      return cut;
    }

    /** How many bytes of a frame's data may pass: those up to the end of the last message. */
    int passing(byte[] data) {
      for (int i = 0; i < data.length; i++) {
        if (isFull()) {
          cut = true;
          return i;
        }
        if (head.size() < 5) {
          head.write(data[i]);
          if (head.size() == 5) {
            byte[] bytes = head.toByteArray();
            left = ByteBuffer.wrap(bytes, 1, 4).getInt();
          }
        } else {
          left--;
        }
        if (head.size() == 5 && left == 0) {
          head.reset();
          complete++;
        }
      }
      return data.length;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      synchronized (open) {
        for (Socket socket : open) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
