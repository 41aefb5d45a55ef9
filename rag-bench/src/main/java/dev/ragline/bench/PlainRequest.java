package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A request of HTTP/1.1 with a Content-Length or no body, as the models here read it. */
record PlainRequest(String path, String body) {
  private static final String LENGTH = "content-length:";

  /**
   * Reads the next request.
   *
   * @param in buffered
   * @throws EOFException when there is no further one
   */
  static PlainRequest read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", 3);
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
    }
    return new PlainRequest(start[1], new String(in.readNBytes(length), UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
