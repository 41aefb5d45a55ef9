package dev.ragline.embedding.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.ragline.onnx.NativeTokenizer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A model's own tokenizer. What does not fit the model becomes another window, and nothing is cut
 * off.
 */
final class Tokenizer implements AutoCloseable {
  private static final String UNASSIGNED = "\u0378";

  /** As vocabularies write it: {@code [UNK]}, {@code <unk>}, {@code <|unk|>}. */
  private static final Pattern UNKNOWN = Pattern.compile("(?i)[\\[<|]+(unk|unknown)[|>\\]]+");

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

  /**
   * What stands for a character that no vocabulary has; -1 where there is no such token, as in
   * vocabularies of bytes. The character is one that Unicode has not assigned: BERT's normalizer
   * drops those for private use.
   */
  private long unknown() {
    Encoding encoding = tokenizer.bare(UNASSIGNED);
    String[] tokens = encoding.getTokens();
    for (int i = 0; i < tokens.length; i++) {
      if (UNKNOWN.matcher(tokens[i]).matches()) {
        return encoding.getIds()[i];
      }
    }
    return -1;
  }

  private static int indexOf(long[] ids, long id) {
    int at = 0;
    while (ids[at] != id) {
      at++;
    }
    return at;
  }

  /** A text's tokens, without special tokens. */
  long[] ids(String text) {
    return tokenizer.ids(text);
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
    return tokenizer.read(text, (ids, spans) -> tokens(text, ids, spans));
  }

  private static Tokens tokens(String text, long[] ids, CharSpan[] spans) {
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
    return new Tokens(ids, starts, ends);
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

  /** How many windows so many tokens are cut into; at least one. */
  int windows(int tokens) {
    return Math.max(1, Math.ceilDiv(tokens, room));
  }

  /**
   * The n-th of the windows that a text's tokens are cut into, as the model reads it: between its
   * special tokens. Windows are of equal size, since the vector of a last one of two or three
   * tokens would be one of chance.
   */
  long[] window(long[] ids, int n) {
    int count = windows(ids.length);
    int start = start(ids.length, n, count);
    int length = start(ids.length, n + 1, count) - start;
    long[] window = new long[before.length + length + after.length];
    System.arraycopy(before, 0, window, 0, before.length);
    System.arraycopy(ids, start, window, before.length, length);
    System.arraycopy(after, 0, window, before.length + length, after.length);
    return window;
  }

  private static int start(int tokens, int n, int count) {
    return (int) ((long) tokens * n / count);
  }

  /** Special tokens in each window. */
  int special() {
    return before.length + after.length;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
