package dev.ragline.generation.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.ragline.openai.OpenAiFailures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (HTML standard, section 9.2) whose data is JSON, up to {@code [DONE]}. The
 * client's own reader takes lines of any length, waits for ever on a server that sends a byte a
 * second, and parses each event twice.
 */
final class EventStream {
  private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
  private static final int BLOCK = 8 << 10;

  private final InputStream in;
  private final int longestLine;
  private final Duration longestWait;
  private final OpenAiFailures failures;
  private final byte[] block = new byte[BLOCK];
  private int next;
  private int end;
  private long bytes;
  private byte[] line = new byte[512];
  private int length;
  private long waited;

  /**
   * @param longestWait for a whole line; the time that the caller takes between two events is not
   *     counted
   */
  EventStream(InputStream in, int longestLine, Duration longestWait, OpenAiFailures failures) {
    this.in = in;
    this.longestLine = longestLine;
    this.longestWait = longestWait;
    this.failures = failures;
  }

  /** Bytes read so far. */
  long bytes() {
    return bytes;
  }

  /**
   * The next event's data, or null at the end.
   *
   * @throws UncheckedIOException when the connection breaks
   * @throws dev.ragline.document.RagException UNAVAILABLE for what is no JSON, for a line that is
   *     too long or takes too long
   */
  @Nullable JsonNode next() {
    ByteArrayOutputStream data = new ByteArrayOutputStream(512);
    boolean found = false;
    try {
      while (readLine()) {
        if (length == 0 && found) {
          break;
        }
        if (startsWith(line, length, DATA)) {
          if (found) {
            data.write('\n');
          }
          found = true;
          int from = DATA.length + (length > DATA.length && line[DATA.length] == ' ' ? 1 : 0);
          data.write(line, from, length - from);
          requireShort(data.size());
        }
      }
      // Some servers end without the blank line that would end their last event.
      return !found || startsWith(data.toByteArray(), data.size(), DONE) ? null : parse(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one line without its end; false at the end of the stream, whose rest is dropped. */
  private boolean readLine() throws IOException {
    length = 0;
    while (true) {
      int from = next;
      while (next < end && block[next] != '\n') {
        next++;
      }
      append(from, next - from);
      if (next < end) {
        next++;
        waited = 0;
        if (length > 0 && line[length - 1] == '\r') {
          length--;
        }
        return true;
      }
      if (!fill()) {
        return false;
      }
    }
  }

  private void append(int from, int count) {
    requireShort(length + count);
    if (length + count > line.length) {
      line = Arrays.copyOf(line, 2 * (length + count));
    }
    System.arraycopy(block, from, line, length, count);
    length += count;
  }

  private boolean fill() throws IOException {
    long before = System.nanoTime();
    int read = in.read(block, 0, BLOCK);
    waited += System.nanoTime() - before;
    if (read > 0 && waited > longestWait.toNanos()) {
      throw failures.interrupted("sent no whole line for " + longestWait.toMillis() + " ms", null);
    }
    next = 0;
    end = Math.max(0, read);
    bytes += end;
    return read >= 0;
  }

  private void requireShort(int size) {
    if (size > longestLine) {
      throw failures.unusable("sent a line of more than " + longestLine + " bytes");
    }
  }

  private JsonNode parse(ByteArrayOutputStream data) throws IOException {
    try {
      JsonNode event = JSON.readTree(data.toByteArray());
      if (event.isObject()) {
        return event;
      }
    } catch (JsonProcessingException e) {
      throw failures.interrupted("sent what cannot be read", e);
    }
    throw failures.interrupted("sent what cannot be read", null);
  }

  private static boolean startsWith(byte[] text, int length, byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(text, 0, prefix.length, prefix, 0, prefix.length);
  }
}
