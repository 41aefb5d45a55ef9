package dev.ragline.embedding.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ragline.document.Deadline;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.Vectors;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeds in this process. Every inference reads one window of one text, on one thread: a quantised
 * model's output depends on everything in its batch, and one text at a time on as many threads as
 * cores is also what a CPU does fastest.
 */
public final class OnnxEmbedder implements Embedder {
  private static final String WARM_UP = "What is the first inference good for?";

  private final Pooling pooling;
  private final String questionPrefix;
  private final String passagePrefix;
  private final OrtSession session;
  private final Tokenizer tokenizer;
  private final InferencePool pool;
  private final EmbeddingModel model;

  private OnnxEmbedder(
      OnnxModel source, OrtSession session, Tokenizer tokenizer, InferencePool pool)
      throws OrtException {
    // Not the source itself: the session has a copy of the weights, and they are large.
    this.pooling = source.pooling();
    this.questionPrefix = source.questionPrefix();
    this.passagePrefix = source.passagePrefix();
    this.session = session;
    this.tokenizer = tokenizer;
    this.pool = pool;
    int dimension = infer(tokenizer.windows(WARM_UP)[0]).length;
    int room = tokenizer.room() - tokenizer.count(passagePrefix);
    this.model = new EmbeddingModel(source.name(), fingerprint(source), dimension, room);
  }

  /**
   * Loads the model and runs it once.
   *
   * @throws dev.ragline.document.RagException INVALID_ARGUMENT for a model that is not there or
   *     cannot be used
   */
  public static OnnxEmbedder open(OnnxEmbeddingConfig config) {
    OnnxModel source = OnnxModel.load(config.model());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new OnnxEmbedder(
          source,
          environment.createSession(source.weights(), options),
          new Tokenizer(source.tokenizer(), source.maxTokens()),
          new InferencePool(config.threads()));
    } catch (OrtException e) {
      throw OnnxModel.unusable(config.model(), e);
    }
  }

  private static String fingerprint(OnnxModel source) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(source.weights());
    digest.update(source.tokenizer());
    String rest =
        String.join(
            "\0",
            source.pooling().name(),
            Integer.toString(source.maxTokens()),
            source.questionPrefix(),
            source.passagePrefix());
    digest.update(rest.getBytes(StandardCharsets.UTF_8));
    return Sha256.finish(digest).hex().substring(0, 16);
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public int countTokens(String text) {
    return tokenizer.count(text);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Deadline deadline) {
    return pool.map(texts, text -> embed(passagePrefix + text), deadline);
  }

  @Override
  public float[] embedQuestion(String question, Deadline deadline) {
    return pool.map(List.of(questionPrefix + question), this::embed, deadline).getFirst();
  }

  private float[] embed(String text) {
    long[][] windows = tokenizer.windows(text);
    float[][] vectors = new float[windows.length][];
    int[] tokens = new int[windows.length];
    for (int w = 0; w < windows.length; w++) {
      try {
        vectors[w] = infer(windows[w]);
      } catch (OrtException e) {
        throw new IllegalStateException("inference failed", e);
      }
      tokens[w] = windows[w].length;
    }
    return windows.length == 1
        ? vectors[0]
        : Vectors.normalize(Vectors.weightedMean(vectors, tokens));
  }

  /** A window's vector, of length 1. */
  private float[] infer(long[] ids) throws OrtException {
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.allocate(ids.length), shape)) {
      Map<String, OnnxTensor> inputs =
          new HashMap<>(
              Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types));
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        float[][][] output = (float[][][]) result.get(0).getValue();
        return Vectors.normalize(pooling.pool(output[0]));
      }
    }
  }

  @Override
  public void close() {
    pool.close();
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the model could not be freed", e);
    }
  }
}
