package dev.ragline.ranking.onnx;

import ai.onnxruntime.OrtException;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.execution.ComputePool;
import dev.ragline.onnx.Graph;
import dev.ragline.onnx.ModelFiles;
import dev.ragline.ranking.Reranker;
import java.nio.file.Path;
import java.util.List;

/** Reranks in this process, by a cross-encoder. Every inference reads one pair. */
public final class OnnxReranker implements Reranker {
  private static final String WARM_UP = "What is the first inference good for?";

  private final String model;
  private final Graph graph;
  private final PairTokenizer tokenizer;
  private final ComputePool pool;

  private OnnxReranker(CrossEncoder source, ComputePool pool) throws OrtException {
    // Not the source itself: the graph has a copy of the weights, and they are large.
    this.model = source.name();
    this.graph = Graph.load(source.weights());
    this.tokenizer = new PairTokenizer(source.tokenizer(), source.maxTokens());
    this.pool = pool;
    var _ = probability(logits(tokenizer.pair(WARM_UP, WARM_UP)));
  }

  /**
   * Loads the model and runs it once.
   *
   * @param folder an exported cross-encoder
   * @param pool where it computes; must be idle when the reranker is closed
   * @throws RagException INVALID_ARGUMENT for a folder that is not there, lacks a file, or holds
   *     what is no cross-encoder
   */
  public static OnnxReranker open(Path folder, ComputePool pool) {
    CrossEncoder source = CrossEncoder.load(folder);
    try {
      return new OnnxReranker(source, pool);
    } catch (OrtException | RuntimeException e) {
      throw ModelFiles.unusable(CrossEncoder.SETTING, folder.toString(), e);
    }
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public double[] score(String question, List<String> passages, Call call) {
    String fitting = tokenizer.question(question);
    return pool.map("rerank", passages, passage -> score(fitting, passage), call).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private double score(String question, String passage) {
    try {
      return probability(logits(tokenizer.pair(question, passage)));
    } catch (OrtException e) {
      throw new IllegalStateException("inference failed", e);
    }
  }

  private float[] logits(PairTokenizer.Pair pair) throws OrtException {
    Graph.Output output = graph.run(pair.ids(), pair.types());
    if (output.shape().length > 2) {
      throw new IllegalArgumentException(
          "its output has %d dimensions, not one score a pair: it is no cross-encoder"
              .formatted(output.shape().length));
    }
    return output.values();
  }

  /** Of one logit, or of a classifier's two, which say "no" and "yes". */
  private static double probability(float[] logits) {
    double logit =
        switch (logits.length) {
          case 1 -> logits[0];
          case 2 -> (double) logits[1] - logits[0];
          default ->
              throw new IllegalArgumentException(
                  "it has %d labels, where a cross-encoder for ranking has one or two"
                      .formatted(logits.length));
        };
    return 1 / (1 + Math.exp(-logit));
  }

  @Override
  public void close() {
    tokenizer.close();
    graph.close();
  }
}
