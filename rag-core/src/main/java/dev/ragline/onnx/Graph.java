package dev.ragline.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A transformer's ONNX graph. Every inference reads one text, on the thread that asks: a quantised
 * model's output depends on everything in its batch, and one text at a time on as many threads as
 * cores is also what a CPU does fastest. Safe for many threads.
 */
public final class Graph implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final String POSITIONS = "position_ids";
  private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES, POSITIONS);

  private final OrtSession session;
  private final Set<String> inputs;
  private final List<String> outputs;
  private final NativeUse uses = new NativeUse();

  private Graph(OrtSession session) {
    this.session = session;
    this.inputs = Set.copyOf(session.getInputNames());
    this.outputs = List.copyOf(session.getOutputNames());
  }

  /**
   * Loads a graph; the weights are copied.
   *
   * @throws OrtException when they are no graph, or one that reads something other than a text
   */
  public static Graph load(Weights weights) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (!weights.data().isEmpty()) {
        // A graph that was read does not know where it was: it would look in the working directory.
        Path folder = weights.data().getFirst().resolveSibling("").toAbsolutePath();
        options.addConfigEntry(
            "session.model_external_initializers_file_folder_path", folder.toString());
      }
      return checked(environment.createSession(weights.graph(), options));
    }
  }

  private static Graph checked(OrtSession session) throws OrtException {
    List<String> others =
        session.getInputNames().stream().filter(name -> !INPUTS.contains(name)).sorted().toList();
    if (!others.isEmpty()) {
      session.close();
      throw new OrtException(
          "it wants the input '%s', which a text does not have".formatted(others.getFirst()));
    }
    return new Graph(session);
  }

  /** Names of the outputs, in the graph's order. */
  public List<String> outputs() {
    return outputs;
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
    return run(ids, types, outputs.getFirst());
  }

  /**
   * Reads one text.
   *
   * @param ids its tokens, special ones included
   * @param types the segment that each token is of
   * @param output what to compute
   * @throws OrtException when the graph cannot read these
   */
  public Output run(long[] ids, long[] types, String output) throws OrtException {
    return uses.<Output, OrtException>during(() -> infer(ids, types, output));
  }

  private Output infer(long[] ids, long[] types, String output) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (String input : inputs) {
        tensors.put(input, tensor(values(input, ids, types)));
      }
      try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
        return output(result.get(0));
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] values(String input, long[] ids, long[] types) {
    return switch (input) {
      case IDS -> ids;
      case TYPES -> types;
      case POSITIONS -> LongStream.range(0, ids.length).toArray();
      default -> {
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        yield ones;
      }
    };
  }

  private static OnnxTensor tensor(long[] values) throws OrtException {
    long[] shape = {1, values.length};
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape);
  }

  private static Output output(OnnxValue value) throws OrtException {
    // Halves become floats here.
    FloatBuffer buffer = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
    if (buffer == null) {
      throw new OrtException("its output is no tensor of numbers");
    }
    return new Output(numbers(buffer), ((OnnxTensor) value).getInfo().getShape());
  }

  /** The buffer is a copy on the heap already, unless its numbers were converted. */
  private static float[] numbers(FloatBuffer buffer) {
    if (buffer.hasArray()) {
      return buffer.array();
    }
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
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
