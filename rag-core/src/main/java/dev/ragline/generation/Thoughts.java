package dev.ragline.generation;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a model's thoughts out of its text where the endpoint does not: blocks such as {@code
 * <think>…</think>} at the text's very beginning, and the white space behind them. What comes
 * further on is for {@link LaterThoughts}. For one text.
 */
public final class Thoughts {
  private static final String CLOSE = "</think>";
  private static final String FINAL = "<|channel|>final<|message|>";
  private static final List<ThoughtTag> TAGS =
      Stream.concat(
              ThoughtTag.BLOCKS.stream(),
              Stream.of(
                  new ThoughtTag("<thought>", "</thought>"),
                  new ThoughtTag("<reasoning>", "</reasoning>"),
                  // The channels of gpt-oss: all that comes before the final one is thought.
                  new ThoughtTag("<|start|>assistant", ""),
                  new ThoughtTag("<|channel|>analysis<|message|>", FINAL),
                  new ThoughtTag("<|channel|>commentary<|message|>", FINAL),
                  new ThoughtTag(FINAL, "")))
          .toList();

  private final StringBuilder held = new StringBuilder();
  private @Nullable ThoughtTag inside;
  private boolean begun;
  private boolean thought;
  private boolean assumed;

  /** Those of a text that begins with its words, or with a tag. */
  public Thoughts() {
    this(false);
  }

  /**
   * @param unopened whether the text begins with thoughts of which only the end is marked, as by
   *     {@code </think>}; a text without that mark is all text, and is held back until its end
   */
  public Thoughts(boolean unopened) {
    this.assumed = unopened;
  }

  /** The text in the next piece, which may be empty. */
  public String next(String piece) {
    if (begun) {
      return piece;
    }
    held.append(piece);
    if (assumed && !closes(piece.length())) {
      return "";
    }
    while (true) {
      ThoughtTag tag = inside;
      if (tag == null) {
        tag = opened();
        if (tag == null) {
          return begins() ? "" : begin();
        }
        inside = tag;
        thought = true;
      }
      int end = held.indexOf(tag.close());
      if (end < 0) {
        // The end of what is held may be the beginning of the tag.
        held.delete(0, Math.max(0, held.length() - tag.close().length()));
        return "";
      }
      held.delete(0, end + tag.close().length());
      inside = null;
    }
  }

  /** Whether thoughts were expected of which no end has come. */
  public boolean isUnclosed() {
    return assumed;
  }

  /** Drops the thoughts that were expected, once their end has come. */
  private boolean closes(int fresh) {
    int end = held.indexOf(CLOSE, Math.max(0, held.length() - fresh - CLOSE.length()));
    if (end < 0) {
      return false;
    }
    held.delete(0, end + CLOSE.length());
    assumed = false;
    thought = true;
    return true;
  }

  /** What was held back and is text after all, once there are no more pieces. */
  public String end() {
    return begun || inside != null ? "" : begin();
  }

  private @Nullable ThoughtTag opened() {
    String text = held.toString().stripLeading();
    for (ThoughtTag tag : TAGS) {
      if (text.startsWith(tag.open())) {
        held.delete(0, held.length() - text.length() + tag.open().length());
        return tag;
      }
    }
    return null;
  }

  /** Whether what is held may yet become an opening tag. */
  private boolean begins() {
    String text = held.toString().stripLeading();
    return TAGS.stream().anyMatch(tag -> tag.open().startsWith(text));
  }

  private String begin() {
    begun = true;
    String text = held.toString();
    held.setLength(0);
    return thought ? text.stripLeading() : text;
  }
}
