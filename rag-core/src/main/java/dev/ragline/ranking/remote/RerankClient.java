package dev.ragline.ranking.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.upstream.Endpoint;
import dev.ragline.upstream.OpenAiConnection;
import dev.ragline.upstream.OpenAiFailures;
import dev.ragline.upstream.Service;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request for the scores of one batch. Cohere, Jina, vLLM, infinity, llama.cpp and LiteLLM take
 * {@code documents} and give {@code results} with a {@code relevance_score};
 * text-embeddings-inference takes {@code texts} and gives a list with a {@code score}. Some give
 * probabilities and some logits, and none says which.
 */
final class RerankClient implements AutoCloseable {
  private static final String PATH = "rerank";
  private static final String QUESTION = "What is the capital of France?";

  /** Their logits would have different signs. */
  private static final List<String> PROBE =
      List.of("Paris is the capital of France.", "Knit two rows, then turn the sock inside out.");

  private final String model;
  private final OpenAiFailures failures;
  private final OpenAiConnection connection;
  private volatile boolean takesTexts;
  private volatile @Nullable Boolean logits;

  RerankClient(Endpoint endpoint, String model) {
    this.model = model;
    this.failures = new OpenAiFailures(Service.RERANK, endpoint, model);
    this.connection = OpenAiConnection.open(endpoint);
  }

  String name() {
    return failures.endpoint().origin();
  }

  /** Probabilities of passages, in their order. */
  List<Double> score(String question, List<String> passages, Call call) {
    boolean areLogits = givesLogits(call);
    return raw(question, passages, call).stream()
        .map(score -> areLogits ? 1 / (1 + Math.exp(-score)) : Math.clamp(score, 0, 1))
        .toList();
  }

  /** Whether scores are logits; asks for those of two passages unless that is known. */
  boolean givesLogits(Call call) {
    Boolean known = logits;
    if (known == null) {
      known = raw(QUESTION, PROBE, call).stream().anyMatch(score -> score < 0 || score > 1);
      logits = known;
    }
    return known;
  }

  /** The scores on whatever scale the endpoint has. */
  private List<Double> raw(String question, List<String> passages, Call call) {
    call.check(Service.RERANK.stage());
    JsonNode reply;
    try {
      reply = connection.post(PATH, body(question, passages), failures, call);
    } catch (RagException e) {
      if (takesTexts || !asksForTexts(e)) {
        throw e;
      }
      takesTexts = true;
      reply = connection.post(PATH, body(question, passages), failures, call);
    }
    RagException reported = failures.reportedIn(reply);
    if (reported != null) {
      throw reported;
    }
    return scores(reply.isArray() ? reply : reply.path("results"), passages.size());
  }

  /** What text-embeddings-inference says to a request without its field. */
  private static boolean asksForTexts(RagException failure) {
    return failure.reason().equals(Service.RERANK.reason("REFUSED_REQUEST"))
        && String.valueOf(failure.getMessage()).contains("`texts`");
  }

  private JsonNode body(String question, List<String> passages) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("query", question);
    if (takesTexts) {
      passages.forEach(body.putArray("texts")::add);
      return body.put("truncate", true);
    }
    body.put("model", model);
    passages.forEach(body.putArray("documents")::add);
    return body.put("top_n", passages.size()).put("return_documents", false);
  }

  private List<Double> scores(JsonNode results, int passages) {
    @Nullable Double[] scores = new Double[passages];
    for (JsonNode result : results) {
      JsonNode score = result.path(result.has("relevance_score") ? "relevance_score" : "score");
      int index = result.path("index").asInt(-1);
      boolean known = index >= 0 && index < passages && scores[index] == null;
      if (!known || !score.isNumber() || !Double.isFinite(score.asDouble())) {
        throw failures.unusable("gave a score that belongs to no passage or is no number");
      }
      scores[index] = score.asDouble();
    }
    for (Double score : scores) {
      if (score == null) {
        throw failures.unusable("gave no score to a passage");
      }
    }
    return Arrays.asList(scores);
  }

  @Override
  public void close() {
    connection.close();
  }
}
