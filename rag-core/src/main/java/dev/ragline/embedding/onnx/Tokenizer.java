package dev.ragline.embedding.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.ragline.onnx.NativeTokenizer;
import java.util.Arrays;

/**
 * A model's own tokenizer. What does not fit the model becomes another window, and nothing is cut
 * off.
 */
final class Tokenizer implements AutoCloseable {
  private final NativeTokenizer tokenizer;
  private final long[] before;
  private final long[] after;
  private final int room;
  private final long unknown;

  /**
   * Reads a tokenizer.
   *
   * @param maxTokens tokens of a window, special tokens included
   */
  Tokenizer(byte[] json, int maxTokens) {
    this.tokenizer = NativeTokenizer.load(json);
    // What the model wants around every text is what stands around a text of one token.
    long[] bare = ids("a");
    long[] framed = tokenizer.frame("a").getIds();
    int at = indexOf(framed, bare[0]);
    this.before = Arrays.copyOfRange(framed, 0, at);
    this.after = Arrays.copyOfRange(framed, at + bare.length, framed.length);
    this.room = maxTokens - before.length - after.length;
    this.unknown = unknown();
  }

  /** What stands for a character that no vocabulary has; -1 where there is no such token. */
  private long unknown() {
    long[] none = ids("\uE0B7");
    return none.length == 1 ? none[0] : -1;
  }

  private static int indexOf(long[] ids, long id) {
    int at = 0;
    while (ids[at] != id) {
      at++;
    }
    return at;
  }

  private long[] ids(String text) {
    Encoding encoding = tokenizer.encode(text);
    return encoding.getIds();
  }

  /** Tokens of a text that fit into one window, beside the special tokens. */
  int room() {
    return room;
  }

  /**
   * A text's tokens with their places, without special tokens.
   *
   * @param starts of each token, its first char
   * @param ends of each token, the char after its last
   */
  record Tokens(long[] ids, int[] starts, int[] ends) {}

  /** Tokens of a text and where they stand. */
  Tokens tokens(String text) {
    Encoding encoding = tokenizer.encode(text);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];
    // The tokenizer counts code points, Java chars.
    int point = 0;
    int at = 0;
    for (int i = 0; i < spans.length; i++) {
      int start = spans[i] == null ? point : Math.max(point, spans[i].getStart());
      at = text.offsetByCodePoints(at, start - point);
      point = start;
      int length = spans[i] == null ? 0 : spans[i].getEnd() - start;
      starts[i] = at;
      ends[i] = text.offsetByCodePoints(at, Math.max(0, length));
    }
    return new Tokens(encoding.getIds(), starts, ends);
  }

  /** Special tokens before the text in each window. */
  int before() {
    return before.length;
  }

  /** Whether a token stands for whatever the vocabulary does not have. */
  boolean isUnknown(long id) {
    return id == unknown;
  }

  /** Tokens of a text, without special tokens. */
  int count(String text) {
    return ids(text).length;
  }

  /** A text's tokens, cut into windows that the model can read; at least one window. */
  long[][] windows(String text) {
    return windows(ids(text));
  }

  /** The same of tokens. */
  long[][] windows(long[] ids) {
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
