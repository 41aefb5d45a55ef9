package dev.ragline.embedding.openai;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ModelFingerprint;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns which model endpoints have. They hide its weights, so it is known by its name, its
 * prefixes and its vector of one text, and not by an address, which may change.
 */
final class ModelProbe {
  /** Never to be changed: corpora are known by its vector. */
  private static final String TEXT = "What has to be done before the first question is answered?";

  /** Two services of one model round differently; two models are far below this. */
  private static final double SAME = 0.98;

  private static final Logger log = LoggerFactory.getLogger(ModelProbe.class);

  private ModelProbe() {}

  /**
   * The model.
   *
   * @throws RagException the first endpoint's failure when none answers; FAILED_PRECONDITION when
   *     two have different models
   */
  static EmbeddingModel modelOf(
      OpenAiEmbedderConfig config, List<EmbeddingClient> clients, Call call) {
    List<RagException> failures = new ArrayList<>();
    float @Nullable [] first = null;
    for (EmbeddingClient client : clients) {
      try {
        float[] vector =
            client.embed(List.of(TEXT), config.inputTypes().question(), call).getFirst();
        first = first == null ? vector : first;
        if (vector.length != first.length || Vectors.dot(vector, first) < SAME) {
          throw client.stranger();
        }
      } catch (RagException e) {
        if (e.reason().equals("EMBEDDING_UNUSABLE") || clients.size() == 1) {
          throw e;
        }
        log.warn("{}; others are asked meanwhile", e.getMessage());
        failures.add(e);
      }
    }
    if (first == null) {
      throw failures.getFirst();
    }
    return model(config, first);
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
    ModelPrefixes prefixes = config.prefixes();
    return config.endpoints().stream()
        .map(
            endpoint ->
                new ArrayList<>(
                    List.of(
                        "openai-compatible",
                        endpoint.origin(),
                        config.model(),
                        Integer.toString(dimension),
                        Integer.toString(config.maxTokens()),
                        prefixes.question())))
        .map(
            identity -> {
              if (!prefixes.passage().isEmpty()) {
                identity.add(prefixes.passage());
              }
              return Sha256.of(String.join("\n", identity)).hex();
            })
        .collect(Collectors.toUnmodifiableSet());
  }
}
