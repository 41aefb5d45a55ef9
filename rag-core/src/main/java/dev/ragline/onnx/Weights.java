package dev.ragline.onnx;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * What a graph computes with.
 *
 * @param graph its ONNX file, read
 * @param data the files beside it that its tensors are in where it does not hold them itself
 */
public record Weights(byte[] graph, List<Path> data) {
  private static final int PIECE = 64 << 10;

  public Weights {
    data = List.copyOf(data);
  }

  /** Of a graph that holds all its tensors. */
  public static Weights of(byte[] graph) {
    return new Weights(graph, List.of());
  }

  /**
   * Feeds all of it to a digest; the data is never in memory as a whole.
   *
   * @throws IOException when a file of data cannot be read
   */
  public void digest(MessageDigest digest) throws IOException {
    feed(digest, new ByteArrayInputStream(graph));
    for (Path file : data) {
      try (InputStream in = Files.newInputStream(file)) {
        feed(digest, in);
      }
    }
  }

  private static void feed(MessageDigest digest, InputStream in) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      digest.update(piece, 0, read);
    }
  }
}
