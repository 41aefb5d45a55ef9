package dev.ragline.ranking.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.ragline.onnx.NativeTokenizer;

/**
 * Makes one input of a question and a passage, as the model's own tokenizer joins them. What is too
 * long loses its passage's end; a question has at most half of the room.
 */
final class PairTokenizer implements AutoCloseable {
  private final NativeTokenizer tokenizer;
  private final int maxTokens;
  private final int room;

  /**
   * Reads a tokenizer.
   *
   * @param maxTokens of a pair, special tokens included
   * @throws RuntimeException when the bytes are no tokenizer, or it leaves no room for a pair
   */
  PairTokenizer(byte[] json, int maxTokens) {
    this.tokenizer = NativeTokenizer.load(json);
    this.maxTokens = maxTokens;
    int specials = tokenizer.frame("a", "a").getIds().length - 2 * count("a");
    this.room = maxTokens - specials;
    if (room < 2) {
      throw new IllegalArgumentException("a pair of %d tokens has no room".formatted(maxTokens));
    }
  }

  /**
   * A pair as the model reads it.
   *
   * @param ids tokens, special ones included
   * @param types 0 for the question's, 1 for the passage's, where the tokenizer tells them apart
   */
  record Pair(long[] ids, long[] types) {}

  /** A question, or as much of its beginning as leaves a passage half of the room. */
  String question(String question) {
    return cut(question, room / 2);
  }

  /** A pair of a question that {@link #question} gave and a passage. */
  Pair pair(String question, String passage) {
    Encoding whole = tokenizer.frame(question, passage);
    int excess = whole.getIds().length - maxTokens;
    if (excess <= 0) {
      return new Pair(whole.getIds(), whole.getTypeIds());
    }
    int kept = count(passage) - excess;
    // A word that was cut through may fall into more pieces than the whole one had.
    while (true) {
      Encoding some = tokenizer.frame(question, cut(passage, kept));
      if (some.getIds().length <= maxTokens || kept == 0) {
        return new Pair(some.getIds(), some.getTypeIds());
      }
      kept--;
    }
  }

  private int count(String text) {
    return tokenizer.ids(text).length;
  }

  /** The beginning of a text that has so many tokens; all of it when it has no more. */
  private String cut(String text, int tokens) {
    CharSpan[] spans = tokenizer.read(text, (ids, places) -> places);
    if (spans.length <= tokens) {
      return text;
    }
    int end = 0;
    for (int i = 0; i < tokens; i++) {
      end = spans[i] == null ? end : Math.max(end, spans[i].getEnd());
    }
    // The tokenizer counts code points, Java chars.
    return text.substring(0, text.offsetByCodePoints(0, end));
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
