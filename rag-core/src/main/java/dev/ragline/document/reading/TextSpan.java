package dev.ragline.document.reading;

/** A range of a text's chars; {@code end} is exclusive. */
public record TextSpan(int start, int end) {
  public TextSpan {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: " + start + " to " + end);
    }
  }

  /** Chars in the span. */
  public int length() {
    return end - start;
  }

  /** The chars themselves. */
  public String of(String text) {
    return text.substring(start, end);
  }
}
