package dev.ragline.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ragline.onnx.NativeTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The default embedding model in ONNX Runtime with nothing around it, as a limit: tokens go in,
 * numbers come out and are thrown away. One thread an inference, as Ragline has it.
 */
final class BareModel implements AutoCloseable {
  private static final String RESOURCE = "/all-minilm-l6-v2-q";

  /** Tokens of a window beside the two that every text has around it. */
  private static final int ROOM = 254;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final NativeTokenizer tokenizer;

  BareModel() throws OrtException, IOException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      this.session = environment.createSession(resource(".onnx"), options);
    }
    this.tokenizer = NativeTokenizer.load(resource("-tokenizer.json"));
  }

  private static byte[] resource(String suffix) throws IOException {
    try (InputStream in = BareModel.class.getResourceAsStream(RESOURCE + suffix)) {
      return Objects.requireNonNull(in, "the model is not on the class path").readAllBytes();
    }
  }

  /** The windows of a text as the model reads them, of equal size, special tokens included. */
  List<long[]> windows(String text) {
    long[] framed = tokenizer.frame(text).getIds();
    long[] ids = tokenizer.ids(text);
    int count = Math.max(1, Math.ceilDiv(ids.length, ROOM));
    List<long[]> windows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      long[] part =
          Arrays.copyOfRange(
              ids,
              (int) ((long) ids.length * n / count),
              (int) ((long) ids.length * (n + 1) / count));
      long[] window = new long[part.length + 2];
      window[0] = framed[0];
      System.arraycopy(part, 0, window, 1, part.length);
      window[window.length - 1] = framed[framed.length - 1];
      windows.add(window);
    }
    return windows;
  }

  /** Reads one window. */
  void run(long[] ids) throws OrtException {
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    long[] zeros = new long[ids.length];
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(zeros), shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types))) {
      Objects.requireNonNull(result.get(0));
    }
  }

  @Override
  public void close() throws OrtException {
    tokenizer.close();
    session.close();
  }
}
