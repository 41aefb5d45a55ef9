package dev.ragline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scripts of {@code /rerank}. Results come best first, as everywhere. */
public final class RerankScript {
  private final RawReply reply;

  RerankScript(RawReply reply) {
    this.reply = reply;
  }

  void play(String script, JsonNode request) throws IOException, InterruptedException {
    if (script.equals("stall-before-headers")) {
      reply.stall();
      return;
    }
    boolean texts = script.equals("texts");
    if (texts && !request.has("texts")) {
      answer(422, "Failed to deserialize the JSON body: missing field `texts` at line 1 column 70");
      return;
    }
    List<String> passages = new ArrayList<>();
    request.path(texts ? "texts" : "documents").forEach(text -> passages.add(text.asText()));
    if (script.equals("ten-texts") && passages.size() > 10) {
      answer(422, "{\"error\":\"batch size 16 > maximum allowed batch size 10\"}");
      return;
    }
    if (script.equals("200-letters") && passages.stream().anyMatch(text -> text.length() > 200)) {
      answer(413, "{\"error\":\"Input validation error: inputs must have less than 50 tokens\"}");
      return;
    }
    if (script.equals("down-later") && !request.path("query").asText().contains("France")) {
      answer(503, "{}");
      return;
    }
    if (script.equals("error-in-200")) {
      answer(200, "{\"error\":{\"code\":503,\"message\":\"the model is loading\"}}");
      return;
    }
    ArrayNode results = RawRequest.JSON.createArrayNode();
    String question = request.path("query").asText();
    for (int i = script.equals("missing") ? 1 : 0; i < passages.size(); i++) {
      double score = scoreOf(question, passages.get(i));
      double logit = script.equals("logits") ? Math.log(score / (1 - score)) : score;
      results.addObject().put("index", i).put(texts ? "score" : "relevance_score", logit);
    }
    ObjectNode body = RawRequest.JSON.createObjectNode().put("id", "r");
    body.set("results", results);
    answer(200, script.equals("html") ? "<html/>" : (texts ? results : body).toString());
  }

  private void answer(int status, String body) throws IOException {
    reply.status(status, Map.of("Content-Type", List.of("application/json")), body);
  }

  /** The share of the question's words that the passage has, away from 0 and 1. */
  public static double scoreOf(String question, String passage) {
    List<String> words = Arrays.asList(passage.toLowerCase(Locale.ROOT).split("\\W+"));
    String[] asked = question.toLowerCase(Locale.ROOT).split("\\W+");
    long found = Arrays.stream(asked).filter(words::contains).count();
    return 0.02 + 0.96 * found / asked.length;
  }
}
