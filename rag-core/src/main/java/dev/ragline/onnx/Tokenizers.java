package dev.ragline.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Loads tokenizers, none of which calls home. */
public final class Tokenizers {
  static {
    // DJL reports its use over the network unless told otherwise before it is first touched.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private Tokenizers() {}

  /**
   * Reads a Hugging Face {@code tokenizer.json}.
   *
   * @param options of DJL, such as {@code truncation}, over what the file says
   * @throws RuntimeException when the bytes are no tokenizer
   */
  public static HuggingFaceTokenizer load(byte[] json, Map<String, String> options) {
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
