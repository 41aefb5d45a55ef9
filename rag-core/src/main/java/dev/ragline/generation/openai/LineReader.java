package dev.ragline.generation.openai;

import dev.ragline.upstream.OpenAiFailures;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/** Lines of bytes that end with CR, LF or both, none longer or slower than allowed. */
final class LineReader {
  private static final int BLOCK = 8 << 10;

  private final InputStream in;
  private final int longestLine;
  private final Duration longestWait;
  private final OpenAiFailures failures;
  private final byte[] block = new byte[BLOCK];
  private int next;
  private int end;
  private boolean afterCr;
  private long bytes;
  private byte[] line = new byte[512];
  private int length;
  private long waited;

  /**
   * @param longestWait for a whole line; the time that the caller takes between two lines is not
   *     counted
   */
  LineReader(InputStream in, int longestLine, Duration longestWait, OpenAiFailures failures) {
    this.in = in;
    this.longestLine = longestLine;
    this.longestWait = longestWait;
    this.failures = failures;
  }

  /** Bytes read so far. */
  long bytes() {
    return bytes;
  }

  /** The line that was read last, or what came after the last line's end; valid until the next. */
  byte[] line() {
    return line;
  }

  /** How many bytes of {@link #line} are the line's. */
  int length() {
    return length;
  }

  /** Reads one line without its end; false at the end of the stream, whose rest is no line. */
  boolean next() throws IOException {
    length = 0;
    while (true) {
      if (afterCr && next < end) {
        afterCr = false;
        next += block[next] == '\n' ? 1 : 0;
      }
      int from = next;
      while (next < end && block[next] != '\n' && block[next] != '\r') {
        next++;
      }
      append(from, next - from);
      if (next < end) {
        afterCr = block[next] == '\r';
        next++;
        waited = 0;
        return true;
      }
      if (!fill()) {
        return false;
      }
    }
  }

  void requireShort(int size) {
    if (size > longestLine) {
      throw failures.unusable("sent a line of more than " + longestLine + " bytes");
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
}
