package dev.ragline.embedding.onnx;

import ai.onnxruntime.OrtException;
import dev.ragline.embedding.Vectors;
import dev.ragline.onnx.Graph;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A graph, which of its outputs is read, and how that becomes a text's vector. Outputs for tokens
 * are preferred to one vector a text, since sentences get their vectors from them.
 *
 * @param output its name
 * @param dimension components of a vector
 */
record PooledGraph(Graph graph, String output, Pooling pooling, int dimension) {
  private static final Logger LOG = LoggerFactory.getLogger(PooledGraph.class);
  private static final String WARM_UP = "What is the first inference good for? ";
  private static final List<String> BY_TOKEN = List.of("last_hidden_state", "token_embeddings");
  private static final String BY_TEXT = "sentence_embedding";

  /** Of a classifier, whose numbers are no vector. */
  private static final String LOGITS = "logits";

  /** A window of 8192 tokens takes minutes and gigabytes; tables of positions end before this. */
  private static final int MOST_TRIED = 1024;

  /** Of two ways to one vector in numbers of 16 bits. */
  private static final double SAME = 0.999;

  /**
   * Runs a graph to see what it gives.
   *
   * @throws OrtException when that is no embedding, or when it cannot read what its files say
   */
  static PooledGraph of(Graph graph, OnnxModel model, Tokenizer tokenizer) throws OrtException {
    long[] window = tokenizer.window(tokenizer.ids(WARM_UP), 0);
    List<String> names = graph.outputs();
    Optional<String> byToken = BY_TOKEN.stream().filter(names::contains).findFirst();
    boolean byText = names.contains(BY_TEXT);
    PooledGraph found =
        byText
            ? withText(graph, byToken, model, window)
            : withoutText(graph, byToken.orElse(names.getFirst()), model, window);
    found.tryLongest(tokenizer, model.maxTokens());
    return found;
  }

  /** A graph that pools by itself tells how; its outputs for tokens serve if the same comes out. */
  private static PooledGraph withText(
      Graph graph, Optional<String> byToken, OnnxModel model, long[] window) throws OrtException {
    Graph.Output text = run(graph, window, BY_TEXT);
    if (text.rows() != 1) {
      throw notEmbedding(BY_TEXT, text);
    }
    if (byToken.isPresent()) {
      Graph.Output tokens = run(graph, window, byToken.get());
      Pooling same = pooling(tokens, text.values(), model.pooling());
      if (same != null) {
        return new PooledGraph(graph, byToken.get(), same, tokens.columns());
      }
    }
    LOG.warn(
        "{}: takes the graph's own {}, where its files say {}; its sentences have no vectors",
        model.name(),
        BY_TEXT,
        model.pooling() == null ? "nothing about pooling" : "to pool by " + model.pooling());
    return new PooledGraph(graph, BY_TEXT, Pooling.IN_GRAPH, text.columns());
  }

  private static @Nullable Pooling pooling(
      Graph.Output tokens, float[] text, @Nullable Pooling said) {
    if (tokens.columns() != text.length) {
      return null;
    }
    return Stream.of(Pooling.values())
        .filter(way -> way != Pooling.IN_GRAPH && (said == null || way == said))
        .filter(way -> Vectors.cosine(way.pool(tokens), text) > SAME)
        .max(Comparator.comparingDouble(way -> Vectors.cosine(way.pool(tokens), text)))
        .orElse(null);
  }

  private static PooledGraph withoutText(Graph graph, String output, OnnxModel model, long[] window)
      throws OrtException {
    Graph.Output tokens = run(graph, window, output);
    if (output.equals(LOGITS) || tokens.shape().length != 3 || tokens.rows() != window.length) {
      throw notEmbedding(output, tokens);
    }
    Pooling pooling = model.pooling();
    if (pooling == null) {
      LOG.warn("{}: no file says how to pool; mean is assumed", model.name());
    }
    return new PooledGraph(
        graph, output, pooling == null ? Pooling.MEAN : pooling, tokens.columns());
  }

  private static OrtException notEmbedding(String output, Graph.Output value) {
    return new OrtException(
        "its output '%s' of the shape %s is neither a vector a token nor a '%s': it is no embedding model"
            .formatted(output, Arrays.toString(value.shape()), BY_TEXT));
  }

  private void tryLongest(Tokenizer tokenizer, int maxTokens) throws OrtException {
    int tokens = Math.min(tokenizer.room(), MOST_TRIED);
    long[] some = tokenizer.ids(WARM_UP);
    long[] ids = new long[tokens];
    Arrays.setAll(ids, i -> some[i % some.length]);
    try {
      run(graph, tokenizer.window(ids, 0), output);
    } catch (OrtException e) {
      throw new OrtException(
          "its files say that it reads %d tokens at once, and it fails at %d: %s"
              .formatted(maxTokens, tokens + tokenizer.special(), e.getMessage()));
    }
  }

  /** The output for one window. */
  Graph.Output run(long[] window) throws OrtException {
    return run(graph, window, output);
  }

  private static Graph.Output run(Graph graph, long[] window, String output) throws OrtException {
    return graph.run(window, new long[window.length], output);
  }

  /** Whether the output has a vector for each token. */
  boolean isByToken() {
    return pooling != Pooling.IN_GRAPH;
  }

  /** Waits for inferences that run. */
  void close() {
    graph.close();
  }
}
