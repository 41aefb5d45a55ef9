package dev.ragline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP/1.1 request as it came.
 *
 * @param path with its query
 * @param headers by name in lower case
 */
public record RawRequest(String method, String path, Map<String, String> headers, String body) {
  static final ObjectMapper JSON = new ObjectMapper();

  static RawRequest read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", 3);
    if (start.length < 3 || !start[2].startsWith("HTTP/1.")) {
      throw new EOFException("the client does not speak HTTP");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new RawRequest(start[0], start[1], headers, body(in, headers));
  }

  /** The body, parsed. */
  public JsonNode json() throws IOException {
    return JSON.readTree(body);
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      for (int n = Integer.parseInt(line(in), 16); n > 0; n = Integer.parseInt(line(in), 16)) {
        body.write(in.readNBytes(n));
        line(in);
      }
      line(in);
    } else {
      body.write(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the client went away");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
