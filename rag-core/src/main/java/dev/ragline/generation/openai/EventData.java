package dev.ragline.generation.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the data of an event says: one JSON object, or several where a line end between events was
 * lost.
 *
 * @param objects in their order
 * @param done whether {@code [DONE]} came behind them; what comes after it is not read
 */
record EventData(List<JsonNode> objects, boolean done) {
  static final String FIELD = "data:";
  static final String DONE = "[DONE]";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] FIELD_BYTES = FIELD.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DONE_BYTES = DONE.getBytes(StandardCharsets.US_ASCII);
  private static final List<byte[]> OTHER_FIELDS =
      List.of(
          "event:".getBytes(StandardCharsets.US_ASCII),
          "retry:".getBytes(StandardCharsets.US_ASCII),
          "id:".getBytes(StandardCharsets.US_ASCII),
          ":".getBytes(StandardCharsets.US_ASCII));

  EventData {
    objects = List.copyOf(objects);
  }

  /**
   * Reads all of it.
   *
   * @throws IOException for what is no JSON object, and for nothing at all
   */
  static EventData read(byte[] data) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    int at = skipFields(data, 0);
    while (at < data.length) {
      if (startsWith(data, at, DONE_BYTES)) {
        return new EventData(objects, true);
      }
      try (JsonParser parser = JSON.createParser(data, at, data.length - at)) {
        JsonNode value = JSON.readTree(parser);
        if (value == null || !value.isObject()) {
          throw new IOException("not an object");
        }
        objects.add(value);
        at += (int) parser.currentLocation().getByteOffset();
      }
      at = skipFields(data, at);
    }
    if (objects.isEmpty()) {
      throw new IOException("nothing");
    }
    return new EventData(objects, false);
  }

  /** Passes over the names of fields that a lost line end has put between two values. */
  private static int skipFields(byte[] data, int from) {
    int at = from;
    while (at < data.length) {
      if (data[at] == ' ' || data[at] == '\n' || data[at] == '\t') {
        at++;
      } else if (startsWith(data, at, FIELD_BYTES)) {
        at += FIELD_BYTES.length;
      } else if (isOtherField(data, at)) {
        while (at < data.length && data[at] != '\n' && !startsWith(data, at, FIELD_BYTES)) {
          at++;
        }
      } else {
        return at;
      }
    }
    return at;
  }

  private static boolean isOtherField(byte[] data, int at) {
    return OTHER_FIELDS.stream().anyMatch(field -> startsWith(data, at, field));
  }

  private static boolean startsWith(byte[] text, int at, byte[] prefix) {
    return text.length - at >= prefix.length
        && Arrays.equals(text, at, at + prefix.length, prefix, 0, prefix.length);
  }
}
