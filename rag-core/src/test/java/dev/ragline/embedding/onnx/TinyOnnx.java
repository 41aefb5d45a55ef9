package dev.ragline.embedding.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes small ONNX graphs, in the wire format of Protocol Buffers: the numbers are those of the
 * fields in {@code onnx.proto}.
 */
final class TinyOnnx {
  static final int FLOAT = 1;
  static final int INT64 = 7;
  static final int FLOAT16 = 10;

  private final Message graph = new Message().text(2, "tiny");

  /** A message that is written field by field. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.out.toByteArray());
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) (rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }

  TinyOnnx input(String name) {
    graph.message(11, value(name, INT64, 2));
    return this;
  }

  TinyOnnx output(String name, int type, int rank) {
    graph.message(12, value(name, type, rank));
    return this;
  }

  private static Message value(String name, int type, int rank) {
    Message shape = new Message();
    for (int i = 0; i < rank; i++) {
      shape.message(1, new Message().text(2, name + i));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A node with one attribute of a number, which it does without when {@code attribute} is "". */
  TinyOnnx node(String type, String output, String attribute, long value, String... inputs) {
    Message node = new Message();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(4, type);
    if (!attribute.isEmpty()) {
      node.message(5, new Message().text(1, attribute).number(3, value).number(20, 2));
    }
    graph.message(1, node);
    return this;
  }

  TinyOnnx node(String type, String output, String... inputs) {
    return node(type, output, "", 0, inputs);
  }

  /** The mean over the second dimension of three, which goes. */
  TinyOnnx mean(String output, String input) {
    Message axes = new Message().text(1, "axes").number(8, 1).number(20, 7);
    Message keep = new Message().text(1, "keepdims").number(3, 0).number(20, 2);
    graph.message(
        1,
        new Message()
            .text(1, input)
            .text(2, output)
            .text(4, "ReduceMean")
            .message(5, axes)
            .message(5, keep));
    return this;
  }

  TinyOnnx index(String name, long value) {
    graph.message(
        5,
        new Message()
            .number(2, INT64)
            .text(8, name)
            .bytes(
                9, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array()));
    return this;
  }

  TinyOnnx table(String name, float[][] rows) {
    graph.message(5, tensor(name, rows).bytes(9, raw(rows)));
    return this;
  }

  /** A table whose numbers are in another file. */
  TinyOnnx tableIn(String file, String name, float[][] rows) {
    Message location = new Message().text(1, "location").text(2, file);
    graph.message(5, tensor(name, rows).message(13, location).number(14, 1));
    return this;
  }

  private static Message tensor(String name, float[][] rows) {
    return new Message()
        .number(1, rows.length)
        .number(1, rows[0].length)
        .number(2, FLOAT)
        .text(8, name);
  }

  /** The numbers of a table as a file has them. */
  static byte[] raw(float[][] rows) {
    ByteBuffer bytes =
        ByteBuffer.allocate(rows.length * rows[0].length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] row : rows) {
      for (float number : row) {
        bytes.putFloat(number);
      }
    }
    return bytes.array();
  }

  byte[] write() {
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .out
        .toByteArray();
  }
}
