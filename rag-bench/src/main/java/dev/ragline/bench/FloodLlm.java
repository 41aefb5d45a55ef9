package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An OpenAI-compatible endpoint on loopback: to a prompt with the word {@link #FLOOD} it says more
 * than anybody reads, as fast as it is let; to any other a short answer, word by word.
 */
final class FloodLlm implements AutoCloseable {
  static final String FLOOD = "flood-me-with-words";

  private static final int FLOOD_WORD = 64;
  private static final int WORDS = 40;
  private static final long PAUSE_NANOS = 2_000_000;

  private final ServerSocket listener;
  private final AtomicLong flooded = new AtomicLong();
  private final AtomicInteger floods = new AtomicInteger();

  FloodLlm() throws IOException {
    listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String baseUrl() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
  }

  /** Bytes of floods that went out. */
  long floodedBytes() {
    return flooded.get();
  }

  /** Floods whose connections are open. */
  int openFloods() {
    return floods.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean flood = PlainRequest.read(in).body().contains(FLOOD);
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
              .getBytes(US_ASCII));
      if (flood) {
        flood(out);
      } else {
        answer(out);
      }
    } catch (IOException e) {
      // The server has gone.
    }
  }

  private void flood(OutputStream out) throws IOException {
    byte[] word = event("x".repeat(FLOOD_WORD - 1) + " ", "null");
    floods.incrementAndGet();
    try {
      while (true) {
        out.write(word);
        flooded.addAndGet(word.length);
      }
    } finally {
      floods.decrementAndGet();
    }
  }

  private static void answer(OutputStream out) throws IOException {
    for (int i = 0; i < WORDS; i++) {
      out.write(event("word" + i + " ", "null"));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    out.write(event("", "\"stop\""));
    out.write("data: [DONE]\n\n".getBytes(US_ASCII));
  }

  private static byte[] event(String text, String finish) {
    String json =
        """
        {"id":"c","object":"chat.completion.chunk","created":1,"model":"flood","choices":[\
        {"index":0,"finish_reason":%s,"delta":{"content":"%s"}}]}\
        """
            .formatted(finish, text);
    return ("data: " + json + "\n\n").getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
