package dev.ragline.embedding.openai;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ModelFingerprint;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.upstream.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns which model endpoints have. They hide its weights, so it is known by its name, its
 * prefixes and its vector of one text, and not by an address, which may change.
 *
 * @param vector of {@link #TEXT}, of length 1
 */
record ModelProbe(EmbeddingModel model, float[] vector) {
  /** Never to be changed: corpora are known by its vector. */
  static final String TEXT = "What has to be done before the first question is answered?";

  /** Of the time to open, where there are others that may answer. */
  private static final Duration LONGEST_OF_SEVERAL = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(ModelProbe.class);

  /**
   * Asks all endpoints. Those that do not answer are compared when they are first asked.
   *
   * @throws RagException the first endpoint's failure when none answers; FAILED_PRECONDITION when
   *     two have different models
   */
  static ModelProbe of(OpenAiEmbedderConfig config, List<EmbeddingClient> clients, Call call) {
    boolean alone = clients.size() == 1;
    List<RagException> failures = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (EmbeddingClient client : clients) {
      try {
        float[] vector = client.probe(alone ? call : call.atMost(LONGEST_OF_SEVERAL));
        vectors.add(vector);
        client.requireSame(vectors.getFirst(), vector);
      } catch (RagException e) {
        if (alone || e.reason().equals("EMBEDDING_UNUSABLE")) {
          throw e;
        }
        log.warn("{}; others are asked meanwhile", e.getMessage());
        failures.add(e);
      }
    }
    if (vectors.isEmpty()) {
      throw failures.getFirst();
    }
    return new ModelProbe(model(config, vectors.getFirst()), vectors.getFirst());
  }

  private static EmbeddingModel model(OpenAiEmbedderConfig config, float[] probe) {
    ModelPrefixes prefixes = config.prefixes();
    InputTypes types = config.inputTypes();
    List<String> known =
        List.of(
            "embedding endpoint",
            config.model(),
            Integer.toString(probe.length),
            prefixes.question(),
            prefixes.passage(),
            types.question(),
            types.passage());
    int room = config.maxTokens() - TokenEstimate.count(prefixes.passage());
    return new EmbeddingModel(
        config.model(),
        ModelFingerprint.of(String.join("\n", known), probe),
        probe.length,
        room,
        formerFingerprints(config, probe.length));
  }

  /** Version 0.1 took the address and the window for parts of the model. */
  private static Set<String> formerFingerprints(OpenAiEmbedderConfig config, int dimension) {
    return Stream.concat(
            config.endpoints().stream().map(Endpoint::origin), config.formerOrigins().stream())
        .map(origin -> formerFingerprint(config, origin, dimension))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String formerFingerprint(
      OpenAiEmbedderConfig config, String origin, int dimension) {
    List<String> identity =
        new ArrayList<>(
            List.of(
                "openai-compatible",
                origin,
                config.model(),
                Integer.toString(dimension),
                Integer.toString(config.maxTokens()),
                config.prefixes().question()));
    if (!config.prefixes().passage().isEmpty()) {
      identity.add(config.prefixes().passage());
    }
    return Sha256.of(String.join("\n", identity)).hex();
  }
}
