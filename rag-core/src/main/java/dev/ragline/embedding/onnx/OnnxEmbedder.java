package dev.ragline.embedding.onnx;

import ai.onnxruntime.OrtException;
import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.embedding.Vectors;
import dev.ragline.execution.ComputePool;
import dev.ragline.onnx.Graph;
import dev.ragline.onnx.ModelFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Embeds in this process. Every inference reads one window of one text. */
public final class OnnxEmbedder implements Embedder {
  private static final String STAGE = "embed";
  private static final String WARM_UP = "What is the first inference good for?";

  private final Pooling pooling;
  private final String questionPrefix;
  private final String passagePrefix;
  private final Graph graph;
  private final Tokenizer tokenizer;
  private final ComputePool pool;
  private final EmbeddingModel model;

  private OnnxEmbedder(OnnxModel source, Graph graph, Tokenizer tokenizer, ComputePool pool)
      throws OrtException {
    // Not the source itself: the graph has a copy of the weights, and they are large.
    this.pooling = source.pooling();
    this.questionPrefix = source.questionPrefix();
    this.passagePrefix = source.passagePrefix();
    this.graph = graph;
    this.tokenizer = tokenizer;
    this.pool = pool;
    int dimension = outputs(tokenizer.windows(WARM_UP)[0])[0].length;
    int room = tokenizer.room() - tokenizer.count(passagePrefix);
    this.model = new EmbeddingModel(source.name(), fingerprint(source), dimension, room);
  }

  /**
   * Loads the model and runs it once.
   *
   * @param model a bundled model's name or a folder
   * @param pool where it computes; must be idle when the embedder is closed
   * @throws dev.ragline.document.RagException INVALID_ARGUMENT for a model that is not there or
   *     cannot be used
   */
  public static OnnxEmbedder open(String model, ComputePool pool) {
    OnnxModel source = OnnxModel.load(model);
    try {
      return new OnnxEmbedder(
          source,
          Graph.load(source.weights()),
          new Tokenizer(source.tokenizer(), source.maxTokens()),
          pool);
    } catch (OrtException e) {
      throw ModelFiles.unusable("embedding", model, e);
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
  public boolean computesHere() {
    return true;
  }

  @Override
  public int countTokens(String text) {
    return tokenizer.count(text);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Call call) {
    return pool.map(STAGE, texts, text -> embed(passagePrefix + text), call);
  }

  @Override
  public List<PassageEmbedding> embedSentences(List<SentencedText> passages, Call call) {
    return pool.map(STAGE, passages, this::embed, call);
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    return pool.run(
        STAGE,
        call,
        () ->
            new QuestionEmbedding(
                embed(questionPrefix + question), Coverage.of(question, tokenizer)));
  }

  private float[] embed(String text) {
    return vector(read(tokenizer.windows(text)));
  }

  private PassageEmbedding embed(SentencedText passage) {
    String text = passagePrefix + passage.text();
    Tokenizer.Tokens tokens = tokenizer.tokens(text);
    List<float[][]> outputs = read(tokenizer.windows(tokens.ids()));
    var sentences = new SentenceMeans(tokens, outputs, tokenizer.before());
    int shift = passagePrefix.length();
    return new PassageEmbedding(
        vector(outputs),
        passage.sentences().stream()
            .flatMap(place -> sentences.of(place.start() + shift, place.end() + shift).stream())
            .toList());
  }

  /** The model's outputs for each window, shaped [tokens][dimension]. */
  private List<float[][]> read(long[][] windows) {
    List<float[][]> outputs = new ArrayList<>(windows.length);
    for (long[] window : windows) {
      try {
        outputs.add(outputs(window));
      } catch (OrtException e) {
        throw new IllegalStateException("inference failed", e);
      }
    }
    return outputs;
  }

  /** One vector of length 1 from the outputs of a text's windows. */
  private float[] vector(List<float[][]> outputs) {
    float[][] vectors =
        outputs.stream()
            .map(output -> Vectors.normalize(pooling.pool(output)))
            .toArray(float[][]::new);
    int[] tokens = outputs.stream().mapToInt(output -> output.length).toArray();
    return vectors.length == 1
        ? vectors[0]
        : Vectors.normalize(Vectors.weightedMean(vectors, tokens));
  }

  private float[][] outputs(long[] ids) throws OrtException {
    return ((float[][][]) graph.run(ids, new long[ids.length]))[0];
  }

  @Override
  public void close() {
    tokenizer.close();
    graph.close();
  }
}
