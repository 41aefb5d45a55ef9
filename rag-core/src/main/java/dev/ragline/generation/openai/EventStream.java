package dev.ragline.generation.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.upstream.OpenAiFailures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (HTML standard, section 9.2) whose data is JSON, up to {@code [DONE]}. The
 * client's own reader takes lines of any length, waits for ever on a server that sends a byte a
 * second, and parses each event twice.
 *
 * <p>Takes also what servers make of the format: events glued together, white space or a byte order
 * mark before a line, and JSON that is no event at all. What could have been text and cannot be
 * read is a failure with the endpoint's words.
 */
final class EventStream {
  /** A field that a lost line end has put behind another. */
  private static final Pattern GLUED = Pattern.compile("data:\\s*(?=\\{|\\[DONE])");

  private static final byte[] DATA = EventData.FIELD.getBytes(StandardCharsets.US_ASCII);

  private final LineReader lines;
  private final OpenAiFailures failures;
  private final Queue<JsonNode> ready = new ArrayDeque<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream(512);
  private boolean found;
  private String name = "";
  private String stray = "";
  private boolean done;
  private boolean torn;
  private boolean document;
  private boolean begun;

  /**
   * @param longestWait for a whole line; the time that the caller takes between two events is not
   *     counted
   */
  EventStream(InputStream in, int longestLine, Duration longestWait, OpenAiFailures failures) {
    this.lines = new LineReader(in, longestLine, longestWait, failures);
    this.failures = failures;
  }

  /** Bytes read so far. */
  long bytes() {
    return lines.bytes();
  }

  /** Whether {@code [DONE]} has come. */
  boolean isDone() {
    return done;
  }

  /** Whether the stream ended in the middle of a line. */
  boolean isTorn() {
    return torn;
  }

  /** Whether the body began with JSON that is no event, as of a service that does not stream. */
  boolean isDocument() {
    return document;
  }

  /** The first line that is no part of the format, which may say why there is no more. */
  String stray() {
    return stray;
  }

  /**
   * The next event's data, or null at the end.
   *
   * @throws UncheckedIOException when the connection breaks
   * @throws dev.ragline.document.RagException UNAVAILABLE for what is no JSON, for a line that is
   *     too long or takes too long; what the status would mean for an event or a field that reports
   *     an error
   */
  @Nullable JsonNode next() {
    try {
      boolean more = true;
      while (ready.isEmpty() && !done && more) {
        more = lines.next();
        if (more) {
          takeLine();
        } else {
          takeRest();
        }
      }
      return ready.poll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void takeLine() throws IOException {
    int from = beginning();
    if (from == lines.length()) {
      dispatch();
    } else if (isData(from)) {
      takeData(lines.line(), from + DATA.length, lines.length());
    } else {
      takeField(new String(lines.line(), from, lines.length() - from, StandardCharsets.UTF_8));
    }
  }

  /** Some servers end without the blank line that would end their last event. */
  private void takeRest() throws IOException {
    int from = beginning();
    String rest = new String(lines.line(), from, lines.length() - from, StandardCharsets.UTF_8);
    torn = !rest.isEmpty() && !rest.startsWith("{");
    if (rest.startsWith("{")) {
      takeField(rest);
    }
    dispatch();
    if (torn && rest.replace(" ", "").equals(EventData.FIELD + EventData.DONE)) {
      done = true;
    }
  }

  /** Where the line begins behind white space and a byte order mark. */
  private int beginning() {
    byte[] line = lines.line();
    int length = lines.length();
    int from = 0;
    if (length >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf) {
      from = 3;
    }
    while (from < length && (line[from] == ' ' || line[from] == '\t')) {
      from++;
    }
    return from;
  }

  private boolean isData(int from) {
    if (lines.length() - from < DATA.length) {
      return false;
    }
    for (int i = 0; i < DATA.length; i++) {
      if (lines.line()[from + i] != DATA[i]) {
        return false;
      }
    }
    return true;
  }

  private void takeData(byte[] line, int from, int to) {
    if (found) {
      data.write('\n');
    }
    found = true;
    begun = true;
    int start = from < to && line[from] == ' ' ? from + 1 : from;
    data.write(line, start, to - start);
    lines.requireShort(data.size());
  }

  private void takeData(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    takeData(bytes, 0, bytes.length);
  }

  /** A line that does not begin with data. */
  private void takeField(String line) throws IOException {
    if (line.startsWith("{") || line.startsWith("[")) {
      takeBare(line);
      return;
    }
    Matcher glued = GLUED.matcher(line);
    boolean hasData = glued.find();
    String field = hasData ? line.substring(0, glued.start()) : line;
    int colon = field.indexOf(':');
    String key = colon < 0 ? field : field.substring(0, colon);
    String value = colon < 0 ? "" : field.substring(colon + 1).strip();
    switch (key) {
      case "event" -> name = value;
      case "error" -> throw failures.reported(value);
      case "", "id", "retry" -> {}
      default -> takeUnknown(field);
    }
    if (hasData) {
      takeData(line.substring(glued.end()));
    }
  }

  /** The standard ignores fields that it does not know; none of them has an object in it. */
  private void takeUnknown(String field) {
    if (field.contains("{")) {
      throw failures.unreadable(field, null);
    }
    if (stray.isEmpty()) {
      stray = field;
    }
  }

  /** JSON without the name of a field: one value a line, or the rest of the body is one. */
  private void takeBare(String line) throws IOException {
    boolean pending = found;
    document |= !begun;
    begun = true;
    takeData(line);
    if (pending) {
      return;
    }
    try {
      EventData.read(data.toByteArray());
    } catch (IOException e) {
      while (lines.next()) {
        takeData(lines.line(), 0, lines.length());
      }
      takeData(lines.line(), 0, lines.length());
    }
    dispatch();
  }

  private void dispatch() {
    byte[] bytes = data.toByteArray();
    boolean isError = name.equals("error");
    boolean hasData = found;
    data.reset();
    found = false;
    name = "";
    if (!hasData) {
      return;
    }
    if (isError) {
      throw failures.reported(new String(bytes, StandardCharsets.UTF_8));
    }
    try {
      EventData read = EventData.read(bytes);
      ready.addAll(read.objects());
      done = read.done();
    } catch (IOException e) {
      throw failures.unreadable(new String(bytes, StandardCharsets.UTF_8), e);
    }
  }
}
