package dev.ragline.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiFunction;

/** A Hugging Face tokenizer, which does not call home. Safe for many threads. */
public final class NativeTokenizer implements AutoCloseable {
  static {
    // DJL reports its use over the network unless told otherwise before it is first touched.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final NativeUse uses = new NativeUse();

  private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Reads a {@code tokenizer.json}. Truncation and padding, which it may ask for, are off.
   *
   * @throws RuntimeException when the bytes are no tokenizer
   */
  public static NativeTokenizer load(byte[] json) {
    try {
      return new NativeTokenizer(
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text's tokens and no others. */
  public long[] ids(String text) {
    return encode(text).getIds();
  }

  /** The same with their places, in code points. */
  public <T> T read(String text, BiFunction<long[], CharSpan[], T> reading) {
    Encoding encoding = encode(text);
    return reading.apply(encoding.getIds(), encoding.getCharTokenSpans());
  }

  private Encoding encode(String text) {
    return uses.<Encoding, RuntimeException>during(() -> tokenizer.encode(text, false, false));
  }

  /** A text's tokens and no others, with all that is known of them. */
  public Encoding bare(String text) {
    return encode(text);
  }

  /** A text's tokens, with the special ones that the model wants around them. */
  public Encoding frame(String text) {
    return uses.<Encoding, RuntimeException>during(() -> tokenizer.encode(text, true, false));
  }

  /** The tokens of two texts, with the special ones that the model wants around and between. */
  public Encoding frame(String first, String second) {
    return uses.<Encoding, RuntimeException>during(
        () -> tokenizer.encode(first, second, true, false));
  }

  /** Waits for texts that are read; later ones are UNAVAILABLE. */
  @Override
  public void close() {
    uses.<RuntimeException>afterwards(tokenizer::close);
  }
}
