package dev.ragline.filter;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;

/** How a filter is refused. */
final class Refusal {
  /** Where filters come from. */
  static final String FIELD = "retrieval.filter";

  private static final int MAX_LENGTH = 1500;

  private Refusal() {}

  /**
   * A refusal of what stands somewhere.
   *
   * @param line from 1
   * @param column in code points from 0, as CEL counts; callers are told from 1
   */
  static RagException at(int line, int column, String why) {
    int first = Math.max(1, line);
    int at = Math.max(0, column) + 1;
    String description = "line %d, column %d: %s".formatted(first, at, onOneLine(why));
    return new RagException(
        ErrorCode.INVALID_ARGUMENT,
        "INVALID_FILTER",
        FIELD + ": " + description,
        new ErrorDetail.BadField(FIELD, description),
        new ErrorDetail.Fact("line", Integer.toString(first)),
        new ErrorDetail.Fact("column", Integer.toString(at)));
  }

  /** CEL quotes what it was given, whatever that is. */
  private static String onOneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    int length = line.codePointCount(0, line.length());
    return length <= MAX_LENGTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_LENGTH)) + "…";
  }
}
