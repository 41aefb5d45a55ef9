package dev.ragline.store.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ragline.document.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A document's bytes as rows of the collection of contents: pieces of {@value #PIECE} bytes,
 * deflated, in Base 64, because Milvus's strings are UTF-8 and at most 65 535 bytes.
 */
final class ContentRows {
  /** Bytes of content in a row, except in the last one; also those that cannot be deflated fit. */
  static final int PIECE = 48 * 1000;

  static final String KEY = "key";
  static final String DATA = "data";
  static final String VECTOR = "vector";

  private ContentRows() {}

  /** Rows that hold content of {@code size} bytes. */
  static int count(long size) {
    return Math.toIntExact((size + PIECE - 1) / PIECE);
  }

  /** The rows of some content, each made when it is asked for. */
  static Iterable<JsonObject> of(String write, Content content) {
    return () ->
        IntStream.range(0, count(content.size())).mapToObj(n -> row(write, n, content)).iterator();
  }

  private static JsonObject row(String write, int n, Content content) {
    long from = (long) n * PIECE;
    JsonObject row = new JsonObject();
    row.addProperty(KEY, WrittenRows.key(write, n));
    row.addProperty(
        DATA, encode(content.bytes(from, (int) Math.min(PIECE, content.size() - from))));
    JsonArray nothing = new JsonArray();
    nothing.add(0f);
    nothing.add(1f);
    row.add(VECTOR, nothing);
    return row;
  }

  private static String encode(byte[] content) {
    // Its memory is not the heap's: without an end it is freed when the collector comes by.
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream(content.length);
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(deflated.toByteArray());
  }

  static byte[] decode(String data) throws IOException {
    byte[] deflated = Base64.getDecoder().decode(data);
    // Ends its inflater when it is closed.
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return in.readAllBytes();
    }
  }
}
