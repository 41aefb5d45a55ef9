package dev.ragline.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The answer to one request, on a connection of its own; whatever is not finished is cut off. */
final class RawReply {
  private enum State {
    OPEN,
    FINISHED,
    CLIENT_CLOSED
  }

  private final OutputStream out;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final CountDownLatch clientGone = new CountDownLatch(1);

  RawReply(OutputStream out) {
    this.out = out;
  }

  /** A whole answer. */
  void status(int status, Map<String, List<String>> headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    head(status, headers, "Content-Length: " + bytes.length);
    finish();
    out.write(bytes);
    out.flush();
  }

  /** The head of a stream of chunks. */
  void startStream(String contentType) throws IOException {
    startStream(200, contentType);
  }

  /** The head of a stream of chunks with another status. */
  void startStream(int status, String contentType) throws IOException {
    head(status, Map.of("Content-Type", List.of(contentType)), "Transfer-Encoding: chunked");
    out.flush();
  }

  /** One chunk, in one write. */
  void chunk(byte[] bytes) throws IOException {
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[size.length + bytes.length + 2];
    System.arraycopy(size, 0, frame, 0, size.length);
    System.arraycopy(bytes, 0, frame, size.length, bytes.length);
    frame[frame.length - 2] = '\r';
    frame[frame.length - 1] = '\n';
    out.write(frame);
    out.flush();
  }

  /** The proper end of a stream. */
  void endStream() throws IOException {
    finish();
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** From here on, a closed connection is no news. */
  void finish() {
    state.compareAndSet(State.OPEN, State.FINISHED);
  }

  /** Notes that the client closed; true when it did so before the end. */
  boolean clientClosed() {
    boolean early = state.compareAndSet(State.OPEN, State.CLIENT_CLOSED);
    clientGone.countDown();
    return early;
  }

  /** Says nothing more until the client goes. */
  void stall() throws InterruptedException {
    clientGone.await();
  }

  /** Whether the client has gone. */
  boolean isClientGone() {
    return clientGone.getCount() == 0;
  }

  /** Waits for so long, or until the client goes. */
  void awaitClient(long millis) throws InterruptedException {
    boolean _ = clientGone.await(millis, TimeUnit.MILLISECONDS);
  }

  private void head(int status, Map<String, List<String>> headers, String framing)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers.forEach(
        (name, values) -> values.forEach(value -> head.append(name + ": " + value + "\r\n")));
    head.append(framing).append("\r\nConnection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
