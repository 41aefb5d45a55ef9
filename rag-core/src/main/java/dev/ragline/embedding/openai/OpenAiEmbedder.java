package dev.ragline.embedding.openai;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An embedding model behind the embeddings API of an OpenAI-compatible endpoint.
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

  private final OpenAiEmbedderConfig config;
  private final EmbeddingModel model;
  private final EmbeddingClient client;

  /** Texts in one request: as configured, and fewer once the endpoint has refused so many. */
  private final AtomicInteger batchSize;

  private OpenAiEmbedder(
      OpenAiEmbedderConfig config, EmbeddingModel model, EmbeddingClient client) {
    this.config = config;
    this.model = model;
    this.client = client;
    this.batchSize = new AtomicInteger(config.batchSize());
  }

  /**
   * Asks the endpoint for one vector, to learn the dimension.
   *
   * @throws dev.ragline.document.RagException as every call of the embedder
   */
  public static OpenAiEmbedder open(OpenAiEmbedderConfig config, Call call) {
    EmbeddingClient client = new EmbeddingClient(config);
    try {
      int dimension = client.embed(List.of("dimension"), call)[0].length;
      return new OpenAiEmbedder(config, modelOf(config, dimension), client);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** The endpoint hides its weights, so the fingerprint is over what can be known of it. */
  private static EmbeddingModel modelOf(OpenAiEmbedderConfig config, int dimension) {
    List<String> identity =
        new ArrayList<>(
            List.of(
                "openai-compatible",
                config.endpoint().origin(),
                config.model(),
                Integer.toString(dimension),
                Integer.toString(config.maxTokens()),
                config.questionPrefix()));
    // Corpora from before there was such a prefix keep their fingerprint.
    if (!config.passagePrefix().isEmpty()) {
      identity.add(config.passagePrefix());
    }
    int room = config.maxTokens() - TokenEstimate.count(config.passagePrefix());
    return new EmbeddingModel(
        config.model(), Sha256.of(String.join("\n", identity)).hex(), dimension, room);
  }

  @Override
  public EmbeddingModel model() {
    return model;
  }

  @Override
  public boolean computesHere() {
    return false;
  }

  @Override
  public int countTokens(String text) {
    return TokenEstimate.count(text);
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Call call) {
    return embed(texts, config.passagePrefix(), call);
  }

  /** Each window is read after the prefix, as the model was trained to. */
  private List<float[]> embed(List<String> texts, String prefix, Call call) {
    List<List<String>> windows = texts.stream().map(text -> windows(prefix, text)).toList();
    List<String> pieces = windows.stream().flatMap(List::stream).toList();
    List<float[]> vectors = embedAll(pieces, prefix, call);
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
    float[] vector = client.embed(List.of(config.passagePrefix() + text), call)[0];
    client.requireDimension(vector, model.dimension());
    return vector;
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    float[] vector = embed(List.of(question), config.questionPrefix(), call).getFirst();
    // The endpoint's vocabulary is not known; who chose it chose it for these questions.
    return new QuestionEmbedding(vector, 1);
  }

  private List<String> windows(String prefix, String text) {
    int limit = config.maxTokens() - SPECIAL_TOKENS - TokenEstimate.count(prefix);
    return TokenEstimate.count(text) <= limit ? List.of(text) : TokenEstimate.split(text, limit);
  }

  private List<float[]> embedAll(List<String> pieces, String prefix, Call call) {
    List<float[]> vectors = new ArrayList<>(pieces.size());
    while (vectors.size() < pieces.size()) {
      int from = vectors.size();
      List<String> batch = pieces.subList(from, Math.min(from + batchSize.get(), pieces.size()));
      vectors.addAll(embedBatch(batch, prefix, call));
    }
    vectors.forEach(vector -> client.requireDimension(vector, model.dimension()));
    return vectors;
  }

  /**
   * Vectors of the batch, or of its first half where the endpoint says that it is too large: what
   * endpoints take is told nowhere (10, 25 and 32 texts were seen), so it is learned.
   */
  private List<float[]> embedBatch(List<String> batch, String prefix, Call call) {
    try {
      return Arrays.asList(client.embed(batch.stream().map(prefix::concat).toList(), call));
    } catch (RagException e) {
      if (!TooLarge.is(e)) {
        throw e;
      }
      if (batch.size() == 1) {
        return List.of(embedHalves(batch.getFirst(), prefix, e, call));
      }
      int half = batch.size() / 2;
      batchSize.accumulateAndGet(half, Math::min);
      return embedBatch(batch.subList(0, half), prefix, call);
    }
  }

  /**
   * A text that is too large by itself: its tokens were estimated as fewer than they are, or the
   * endpoint reads fewer than it was configured for. Nothing is remembered of it, so that the
   * vector of a text does not depend on what came before.
   */
  private float[] embedHalves(String text, String prefix, RagException refusal, Call call) {
    int tokens = TokenEstimate.count(text);
    if (tokens < 2 * SMALLEST_WINDOW) {
      throw refusal;
    }
    List<String> halves = TokenEstimate.split(text, Math.ceilDiv(tokens, 2));
    List<float[]> vectors = new ArrayList<>(halves.size());
    halves.forEach(half -> vectors.add(embedBatch(List.of(half), prefix, call).getFirst()));
    return mean(halves, vectors);
  }

  private float[] mean(List<String> pieces, List<float[]> vectors) {
    int[] tokens = pieces.stream().mapToInt(TokenEstimate::count).toArray();
    float[] mean = Vectors.weightedMean(vectors.toArray(float[][]::new), tokens);
    // Pieces that cancel out exactly leave no direction; the first then stands for the text.
    return Vectors.hasDirection(mean) ? Vectors.normalize(mean) : vectors.getFirst();
  }

  @Override
  public void close() {
    client.close();
  }
}
