package dev.ragline.embedding.onnx;

import ai.onnxruntime.OrtException;
import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.embedding.Vectors;
import dev.ragline.execution.ComputePool;
import dev.ragline.onnx.Graph;
import dev.ragline.onnx.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Embeds in this process. Every inference reads one window of one text. */
public final class OnnxEmbedder implements Embedder {
  private static final String STAGE = "embed";

  private final String questionPrefix;
  private final String passagePrefix;
  private final int questionPrefixTokens;
  private final int passagePrefixTokens;
  private final PooledGraph graph;
  private final Tokenizer tokenizer;
  private final ComputePool pool;
  private final EmbeddingModel model;

  private OnnxEmbedder(OnnxModel source, PooledGraph graph, Tokenizer tokenizer, ComputePool pool) {
    // Not the source itself: the graph has a copy of the weights, and they are large.
    this.questionPrefix = source.questionPrefix();
    this.passagePrefix = source.passagePrefix();
    this.graph = graph;
    this.tokenizer = tokenizer;
    this.pool = pool;
    this.passagePrefixTokens = tokenizer.count(passagePrefix);
    this.questionPrefixTokens = tokenizer.count(questionPrefix);
    this.model =
        new EmbeddingModel(
            source.name(),
            fingerprint(source, graph.pooling()),
            graph.dimension(),
            tokenizer.room() - passagePrefixTokens);
  }

  /**
   * Loads the model and runs it, also on a text as long as it reads at once.
   *
   * @param model a bundled model's name or a folder
   * @param pool where it computes; must be idle when the embedder is closed
   * @throws RagException INVALID_ARGUMENT for a model that is not there or cannot be used
   */
  public static OnnxEmbedder open(String model, ComputePool pool) {
    OnnxModel source = OnnxModel.load(model);
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      Tokenizer tokenizer = new Tokenizer(source.tokenizer(), source.maxTokens());
      opened.add(tokenizer);
      requireRoom(source, tokenizer);
      Graph graph = Graph.load(source.weights());
      opened.add(graph);
      return new OnnxEmbedder(source, PooledGraph.of(graph, source, tokenizer), tokenizer, pool);
    } catch (OrtException | RuntimeException e) {
      opened.forEach(OnnxEmbedder::free);
      throw e instanceof RagException known ? known : ModelFiles.unusable("embedding", model, e);
    }
  }

  private static void requireRoom(OnnxModel source, Tokenizer tokenizer) throws OrtException {
    int prompt =
        Math.max(tokenizer.count(source.questionPrefix()), tokenizer.count(source.passagePrefix()));
    if (tokenizer.room() <= prompt) {
      throw new OrtException(
          "of the %d tokens that it reads at once, special tokens and prompts leave none"
              .formatted(source.maxTokens()));
    }
  }

  private static void free(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException("a part of the model could not be freed", e);
    }
  }

  private static String fingerprint(OnnxModel source, Pooling pooling) {
    MessageDigest digest = Sha256.newDigest();
    try {
      source.weights().digest(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    digest.update(source.tokenizer());
    String rest =
        String.join(
            "\0",
            pooling.name(),
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

  /** How a vector is made of the graph's outputs. */
  public Pooling pooling() {
    return graph.pooling();
  }

  /** What is put before a question; often empty. */
  public String questionPrefix() {
    return questionPrefix;
  }

  /** What is put before a passage; often empty. */
  public String passagePrefix() {
    return passagePrefix;
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
    return pool.map(STAGE, texts, text -> embed(text, call), call);
  }

  @Override
  public List<PassageEmbedding> embedSentences(List<SentencedText> passages, Call call) {
    return pool.map(STAGE, passages, passage -> embed(passage, call), call);
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    return pool.run(
        STAGE,
        call,
        () -> {
          Tokenizer.Tokens tokens = tokenizer.tokens(questionPrefix + question);
          Tokenizer.Tokens own = questionPrefix.isEmpty() ? tokens : tokenizer.tokens(question);
          float[] vector = read(tokens.ids(), (output, count) -> {}, call);
          call.meter().countEmbedded(tokens.ids().length - questionPrefixTokens);
          Coverage coverage = Coverage.of(question, own, tokenizer);
          return new QuestionEmbedding(vector, coverage.known(), coverage.legible());
        });
  }

  private float[] embed(String text, Call call) {
    long[] ids = tokenizer.ids(passagePrefix + text);
    float[] vector = read(ids, (output, count) -> {}, call);
    call.meter().countEmbedded(ids.length - passagePrefixTokens);
    return vector;
  }

  private PassageEmbedding embed(SentencedText passage, Call call) {
    if (passage.sentences().isEmpty()) {
      return new PassageEmbedding(embed(passage.text(), call), List.of());
    }
    Tokenizer.Tokens tokens = tokenizer.tokens(passagePrefix + passage.text());
    SentenceMeans sentences =
        new SentenceMeans(tokens, passage.sentences(), passagePrefix.length(), tokenizer.before());
    float[] vector = read(tokens.ids(), sentences::add, call);
    call.meter().countEmbedded(tokens.ids().length - passagePrefixTokens);
    return new PassageEmbedding(vector, sentences.vectors());
  }

  /** Takes the outputs of one window, and for how many of the text's tokens there is one. */
  @FunctionalInterface
  private interface Outputs {
    void take(Graph.Output output, int count);
  }

  /** Reads a text window by window, of which none is kept; gives its vector of length 1. */
  private float[] read(long[] ids, Outputs outputs, Call call) {
    WindowMean mean = new WindowMean();
    int windows = tokenizer.windows(ids.length);
    for (int n = 0; n < windows; n++) {
      call.check(STAGE);
      try {
        long[] window = tokenizer.window(ids, n);
        Graph.Output output = graph.run(window);
        outputs.take(output, graph.isByToken() ? window.length - tokenizer.special() : 0);
        mean.add(Vectors.normalize(graph.pooling().pool(output)), window.length);
      } catch (OrtException e) {
        throw new IllegalStateException("inference failed", e);
      }
    }
    return mean.vector();
  }

  @Override
  public void close() {
    tokenizer.close();
    graph.close();
  }
}
