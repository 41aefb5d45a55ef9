package dev.ragline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.zip.CRC32;

/** The scripts of {@code /embeddings}. Vectors come in reverse order: only the index counts. */
public final class EmbeddingScript {
  private static final int DIMENSION = 16;

  /** Lets four requests of several texts pass when all of them are there. */
  private static final CyclicBarrier FOUR = new CyclicBarrier(4);

  /** What has been refused once. */
  private static final Set<List<String>> BUSY = ConcurrentHashMap.newKeySet();

  private final RawReply reply;

  EmbeddingScript(RawReply reply) {
    this.reply = reply;
  }

  void play(String script, JsonNode request, int id) throws IOException, InterruptedException {
    if (script.equals("stall-before-headers")) {
      reply.stall();
      return;
    }
    List<String> texts = new ArrayList<>();
    JsonNode input = request.path("input");
    if (input.isArray()) {
      input.forEach(text -> texts.add(text.asText()));
    } else {
      texts.add(input.asText());
    }
    if (refuses(script, texts)) {
      return;
    }
    if (script.equals("four-at-once") && texts.size() > 1) {
      meet();
    }
    ObjectNode body = RawRequest.JSON.createObjectNode().put("object", "list");
    body.put("model", request.path("model").asText());
    ArrayNode data = body.putArray("data");
    for (int i = texts.size() - 1; i >= (script.equals("missing") ? 1 : 0); i--) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
      ArrayNode vector = item.putArray("embedding");
      for (float component :
          vectorOf(
              script.equals("other-model") || script.equals("late-stranger")
                  ? "other " + texts.get(i)
                  : texts.get(i),
              script.equals("growing") ? 4 + id : DIMENSION)) {
        vector.add(script.equals("zero") ? 0 : component);
      }
      if (script.equals("rounded")) {
        vector.set(0, vector.get(0).asDouble() + 0.01);
      }
      makeOdd(script, item);
    }
    body.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 1);
    reply.status(200, Map.of("Content-Type", List.of("application/json")), body.toString());
  }

  /** Refuses what is too large, in the words of real servers; returns whether it did. */
  private boolean refuses(String script, List<String> texts) throws IOException {
    boolean many = texts.size() > 10;
    boolean large = texts.stream().anyMatch(text -> text.length() > 200);
    if (script.equals("ten-texts") && many) {
      return refuse(422, "batch size " + texts.size() + " > maximum allowed batch size 10");
    }
    if (script.equals("ten-texts-413") && many) {
      return refuse(413, "no");
    }
    if (script.equals("ten-texts-400") && many) {
      return refuse(400, "Value error, input: at most 10 texts, please");
    }
    if (script.equals("200-letters") && large) {
      return refuse(500, "input is too large to process. increase the physical batch size");
    }
    if (script.equals("busy-once") && texts.getFirst().startsWith("busy") && BUSY.add(texts)) {
      return refuse(429, "slow down");
    }
    if (script.equals("late-stranger") && BUSY.add(List.of(script))) {
      return refuse(503, "the model is loading");
    }
    if (script.equals("down-later") && !texts.getFirst().startsWith("What has to be done")) {
      return refuse(503, "no more");
    }
    if (script.equals("always-too-large") && texts.getFirst().startsWith("text ")) {
      return refuse(400, "maximum context length is 0 tokens");
    }
    return script.equals("broken") && many && refuse(500, "CUDA error");
  }

  private static void meet() throws InterruptedException {
    try {
      FOUR.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("the others have gone", e);
    }
  }

  private boolean refuse(int status, String message) throws IOException {
    ObjectNode body = RawRequest.JSON.createObjectNode();
    body.putObject("error").put("message", message);
    reply.status(status, Map.of("Content-Type", List.of("application/json")), body.toString());
    return true;
  }

  /** What real endpoints gave in place of a list of numbers, or beside it. */
  private static void makeOdd(String script, ObjectNode item) {
    ArrayNode vector = (ArrayNode) item.get("embedding");
    switch (script) {
      case "null-component" -> vector.setNull(3);
      case "nested" -> item.putArray("embedding").add(vector);
      case "a-component-a-token" -> {
        ArrayNode tokens = item.putArray("embedding");
        tokens.add(vector).add(vector);
      }
      case "text-component" -> vector.set(0, "one");
      case "boolean-component" -> vector.set(0, true);
      case "null-vector" -> item.putNull("embedding");
      case "no-vector" -> item.remove("embedding");
      case "null-index" -> item.putNull("index");
      case "no-index" -> item.remove("index");
      case "text-index" -> item.put("index", "first");
      default -> {}
    }
  }

  /** The vector of a text, before it is brought to length 1: a pure function of it. */
  public static float[] vectorOf(String text) {
    return vectorOf(text, DIMENSION);
  }

  private static float[] vectorOf(String text, int dimension) {
    CRC32 digest = new CRC32();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    SplittableRandom random = new SplittableRandom(digest.getValue());
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextDouble(-3, 3);
    }
    return vector;
  }
}
