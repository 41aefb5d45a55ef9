package dev.ragline.embedding.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/**
 * A model's own tokenizer. Truncation and padding, which a {@code tokenizer.json} may ask for, are
 * off: what does not fit the model becomes another window, and nothing is cut off.
 */
final class Tokenizer implements AutoCloseable {
  static {
    // DJL reports its use over the network unless told otherwise before it is first touched.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final long[] before;
  private final long[] after;
  private final int room;

  /**
   * Reads a tokenizer.
   *
   * @param maxTokens tokens of a window, special tokens included
   */
  Tokenizer(byte[] json, int maxTokens) {
    try {
      this.tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // What the model wants around every text is what stands around a text of one token.
    long[] bare = ids("a");
    long[] framed = tokenizer.encode("a", true, false).getIds();
    int at = indexOf(framed, bare[0]);
    this.before = Arrays.copyOfRange(framed, 0, at);
    this.after = Arrays.copyOfRange(framed, at + bare.length, framed.length);
    this.room = maxTokens - before.length - after.length;
  }

  private static int indexOf(long[] ids, long id) {
    int at = 0;
    while (ids[at] != id) {
      at++;
    }
    return at;
  }

  private long[] ids(String text) {
    Encoding encoding = tokenizer.encode(text, false, false);
    return encoding.getIds();
  }

  /** Tokens of a text that fit into one window, beside the special tokens. */
  int room() {
    return room;
  }

  /** Tokens of a text, without special tokens. */
  int count(String text) {
    return ids(text).length;
  }

  /** A text's tokens, cut into windows that the model can read; at least one window. */
  long[][] windows(String text) {
    long[] ids = ids(text);
    int count = Math.max(1, Math.ceilDiv(ids.length, room));
    long[][] windows = new long[count][];
    for (int w = 0; w < count; w++) {
      // Windows of equal size: a last one of two or three tokens would have a vector of chance.
      int start = (int) ((long) ids.length * w / count);
      int end = (int) ((long) ids.length * (w + 1) / count);
      long[] window = new long[before.length + end - start + after.length];
      System.arraycopy(before, 0, window, 0, before.length);
      System.arraycopy(ids, start, window, before.length, end - start);
      System.arraycopy(after, 0, window, before.length + end - start, after.length);
      windows[w] = window;
    }
    return windows;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
