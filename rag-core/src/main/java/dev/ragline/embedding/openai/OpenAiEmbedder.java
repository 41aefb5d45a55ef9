package dev.ragline.embedding.openai;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.Vectors;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.upstream.Batches;
import dev.ragline.upstream.Failover;
import dev.ragline.upstream.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An embedding model behind the embeddings API of one or more OpenAI-compatible endpoints.
 *
 * <p>What the port promises of every model, that a vector depends on its text alone, is the
 * endpoint's to keep: some round differently from call to call. Tokens are estimated, as {@link
 * TokenEstimate} says. As for generation, an interrupt ends the upstream call at once on a virtual
 * thread.
 */
public final class OpenAiEmbedder implements Embedder {
  /** Left free in each window for the tokens that the model itself adds. */
  private static final int SPECIAL_TOKENS = 2;

  /** A text that small is too large for no model. */
  private static final int SMALLEST_WINDOW = 16;

  private static final int MOST_AT_ONCE = 1024;

  private final OpenAiEmbedderConfig config;
  private final ModelProbe probe;
  private final List<EmbeddingClient> clients;
  private final Batches<float[]> questions;
  private final Batches<float[]> passages;

  private OpenAiEmbedder(
      OpenAiEmbedderConfig config,
      ModelProbe probe,
      List<EmbeddingClient> clients,
      WaitingThreads threads) {
    this.config = config;
    this.probe = probe;
    this.clients = clients;
    Failover<EmbeddingClient> failover =
        new Failover<>(Service.EMBEDDING, clients, EmbeddingClient::name, config.failover());
    ModelPrefixes prefixes = config.prefixes();
    AtomicInteger size = new AtomicInteger(config.batchSize());
    this.questions =
        batches(prefixes.question(), config.inputTypes().question(), failover, size, threads);
    this.passages =
        batches(prefixes.passage(), config.inputTypes().passage(), failover, size, threads);
  }

  private Batches<float[]> batches(
      String prefix,
      String inputType,
      Failover<EmbeddingClient> failover,
      AtomicInteger size,
      WaitingThreads threads) {
    return new Batches<>(
        Service.EMBEDDING,
        threads,
        size,
        config.batchesInFlight(),
        (texts, call) -> {
          List<String> prefixed = texts.stream().map(prefix::concat).toList();
          return failover
              .ask(
                  call,
                  null,
                  (client, begun) -> {
                    client.requireSame(probe.vector(), call);
                    return client.embed(prefixed, inputType, probe.vector().length, call);
                  })
              .result();
        },
        this::embedHalves);
  }

  /**
   * Asks each endpoint for one vector, to learn the dimension and which model it is.
   *
   * @param threads where requests wait that are sent at once
   * @throws RagException as every call of the embedder, when no endpoint answers;
   *     FAILED_PRECONDITION with reason EMBEDDING_UNUSABLE when two of them have different models
   */
  public static OpenAiEmbedder open(
      OpenAiEmbedderConfig config, WaitingThreads threads, Call call) {
    List<EmbeddingClient> clients =
        config.endpoints().stream().map(endpoint -> new EmbeddingClient(endpoint, config)).toList();
    try {
      return new OpenAiEmbedder(config, ModelProbe.of(config, clients, call), clients, threads);
    } catch (RuntimeException e) {
      clients.forEach(EmbeddingClient::close);
      throw e;
    }
  }

  @Override
  public EmbeddingModel model() {
    return probe.model();
  }

  @Override
  public boolean computesHere() {
    return false;
  }

  /** Twice as many as are in flight, so that few requests wait for the last ones of a window. */
  @Override
  public int passagesAtOnce() {
    return Math.min(MOST_AT_ONCE, 2 * config.batchSize() * config.batchesInFlight());
  }

  @Override
  public int countTokens(String text) {
    return TokenEstimate.count(text);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Call call) {
    return embed(texts, config.prefixes().passage(), passages, call);
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    // The endpoint's vocabulary is not known; who chose it chose it for these questions.
    return new QuestionEmbedding(embedQuestions(List.of(question), call).getFirst(), 1, 1);
  }

  @Override
  public List<float[]> embedQuestions(List<String> texts, Call call) {
    return embed(texts, config.prefixes().question(), questions, call);
  }

  /** Each window is read after the prefix, as the model was trained to. */
  private List<float[]> embed(
      List<String> texts, String prefix, Batches<float[]> batches, Call call) {
    List<List<String>> windows = texts.stream().map(text -> windows(prefix, text)).toList();
    List<String> pieces = windows.stream().flatMap(List::stream).toList();
    List<float[]> vectors = batches.ask(pieces, call);
    call.meter().countEmbedded(texts.stream().mapToLong(TokenEstimate::count).sum());
    List<float[]> means = new ArrayList<>(texts.size());
    int next = 0;
    for (List<String> own : windows) {
      means.add(mean(own, vectors.subList(next, next + own.size())));
      next += own.size();
    }
    return means;
  }

  /**
   * The vector of a passage that goes out in one piece, however long it is: what the endpoint makes
   * of it, of length 1.
   *
   * @throws RagException as every call of the embedder, and also where the text is too large
   */
  public float[] embedWithoutSplitting(String text, Call call) {
    return passages.send(List.of(text), call).getFirst();
  }

  private List<String> windows(String prefix, String text) {
    int limit = config.maxTokens() - SPECIAL_TOKENS - TokenEstimate.count(prefix);
    return TokenEstimate.count(text) <= limit ? List.of(text) : TokenEstimate.split(text, limit);
  }

  /**
   * A text that is too large by itself: its tokens were estimated as fewer than they are, or the
   * endpoint reads fewer than it was configured for. Nothing is remembered of it, so that the
   * vector of a text does not depend on what came before.
   */
  private float[] embedHalves(
      Batches<float[]> batches, String text, RagException refusal, Call call) {
    int tokens = TokenEstimate.count(text);
    if (tokens < 2 * SMALLEST_WINDOW) {
      throw refusal;
    }
    List<String> halves = TokenEstimate.split(text, Math.ceilDiv(tokens, 2));
    return mean(halves, halves.stream().map(half -> batches.ask(half, call)).toList());
  }

  private float[] mean(List<String> pieces, List<float[]> vectors) {
    if (vectors.size() == 1) {
      return vectors.getFirst();
    }
    int[] tokens = pieces.stream().mapToInt(TokenEstimate::count).toArray();
    float[] mean = Vectors.weightedMean(vectors.toArray(float[][]::new), tokens);
    // Pieces that cancel out exactly leave no direction; the first then stands for the text.
    return Vectors.hasDirection(mean) ? Vectors.normalize(mean) : vectors.getFirst();
  }

  @Override
  public void close() {
    clients.forEach(EmbeddingClient::close);
  }
}
