package dev.ragline.client.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintStream;

/** Messages as protobuf JSON, one a line. */
final class Json {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Printer WITH_ZEROS = PRINTER.alwaysPrintFieldsWithNoPresence();

  private Json() {}

  /** Prints a message without the fields that have their zero value. */
  static void print(PrintStream out, MessageOrBuilder message) {
    print(PRINTER, out, message);
  }

  /** Prints a message with all numbers, also those that are zero. */
  static void printWithZeros(PrintStream out, MessageOrBuilder message) {
    print(WITH_ZEROS, out, message);
  }

  /** A message without the fields that have their zero value. */
  static String text(MessageOrBuilder message) {
    return text(PRINTER, message);
  }

  /** A message with all numbers, also those that are zero. */
  static String withZeros(MessageOrBuilder message) {
    return text(WITH_ZEROS, message);
  }

  private static void print(JsonFormat.Printer printer, PrintStream out, MessageOrBuilder message) {
    out.print(text(printer, message) + "\n");
    out.flush();
  }

  private static String text(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("only messages with Any can fail", e);
    }
  }
}
