package dev.ragline.store.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

  static List<JsonObject> of(String write, byte[] content) {
    List<JsonObject> rows = new ArrayList<>();
    for (int from = 0; from < content.length; from += PIECE) {
      JsonObject row = new JsonObject();
      row.addProperty(KEY, WrittenRows.key(write, rows.size()));
      row.addProperty(DATA, encode(content, from, Math.min(PIECE, content.length - from)));
      JsonArray nothing = new JsonArray();
      nothing.add(0f);
      nothing.add(1f);
      row.add(VECTOR, nothing);
      rows.add(row);
    }
    return rows;
  }

  private static String encode(byte[] content, int from, int length) {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream(length);
    // A stream does not end a deflater that it was given, and a deflater's memory is not the
    // heap's.
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      out.write(content, from, length);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      deflater.end();
    }
    return Base64.getEncoder().encodeToString(deflated.toByteArray());
  }

  static byte[] decode(String data) throws IOException {
    byte[] deflated = Base64.getDecoder().decode(data);
    try (InflaterInputStream in =
        new InflaterInputStream(new java.io.ByteArrayInputStream(deflated))) {
      return in.readAllBytes();
    }
  }
}
