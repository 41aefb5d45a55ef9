package dev.ragline.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A transformer's ONNX graph. Every inference reads one text, on the thread that asks: a quantised
 * model's output depends on everything in its batch, and one text at a time on as many threads as
 * cores is also what a CPU does fastest. Safe for many threads.
 */
public final class Graph implements AutoCloseable {
  private final OrtSession session;
  private final NativeUse uses = new NativeUse();

  private Graph(OrtSession session) {
    this.session = session;
  }

  /**
   * Loads a graph; the weights are copied.
   *
   * @throws OrtException when they are no graph
   */
  public static Graph load(byte[] weights) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new Graph(environment.createSession(weights, options));
    }
  }

  /**
   * Reads one text.
   *
   * @param ids its tokens, special ones included
   * @param types the segment that each token is of
   * @return the graph's first output
   * @throws OrtException when the graph wants other inputs or cannot read these
   */
  public Output run(long[] ids, long[] types) throws OrtException {
    return uses.<Output, OrtException>during(() -> infer(ids, types));
  }

  private Output infer(long[] ids, long[] types) throws OrtException {
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor segments = OnnxTensor.createTensor(environment, LongBuffer.wrap(types), shape)) {
      Map<String, OnnxTensor> inputs =
          new HashMap<>(
              Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", segments));
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        return output(result.get(0));
      }
    }
  }

  private static Output output(OnnxValue value) throws OrtException {
    FloatBuffer buffer = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
    if (buffer == null) {
      throw new OrtException("the graph's first output is no tensor of numbers");
    }
    return new Output(buffer.array(), ((OnnxTensor) value).getInfo().getShape());
  }

  /**
   * What a graph gives for one text.
   *
   * @param values all numbers, the last dimension's next to each other
   * @param shape the first dimension is 1
   */
  public record Output(float[] values, long[] shape) {
    /** Numbers in a row. */
    public int columns() {
      return Math.toIntExact(shape[shape.length - 1]);
    }

    /** Rows of numbers: one a token where the graph gives one a token. */
    public int rows() {
      return values.length / columns();
    }
  }

  /** Waits for inferences that run; later ones are UNAVAILABLE. */
  @Override
  public void close() {
    try {
      uses.<OrtException>afterwards(session::close);
    } catch (OrtException e) {
      throw new IllegalStateException("the model could not be freed", e);
    }
  }
}
