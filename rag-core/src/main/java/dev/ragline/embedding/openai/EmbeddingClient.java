package dev.ragline.embedding.openai;

import com.openai.core.JsonValue;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingValue;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Vectors;
import dev.ragline.upstream.Endpoint;
import dev.ragline.upstream.OpenAiConnection;
import dev.ragline.upstream.OpenAiFailures;
import dev.ragline.upstream.Service;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request for the vectors of one batch, checked and brought to length 1. */
final class EmbeddingClient implements AutoCloseable {
  /** Two services of one model round differently; two models are far below this. */
  private static final double SAME = 0.98;

  private final OpenAiEmbedderConfig config;
  private final OpenAiFailures failures;
  private final OpenAiConnection connection;
  private volatile boolean compared;

  EmbeddingClient(Endpoint endpoint, OpenAiEmbedderConfig config) {
    this.config = config;
    this.failures = new OpenAiFailures(Service.EMBEDDING, endpoint, config.model());
    this.connection = OpenAiConnection.open(endpoint);
  }

  String name() {
    return failures.endpoint().origin();
  }

  /**
   * Vectors of one batch, one a text.
   *
   * @param inputType what the server is told of the texts; empty for nothing
   */
  List<float[]> embed(List<String> texts, String inputType, Call call) {
    call.check(Service.EMBEDDING.stage());
    try {
      CreateEmbeddingResponse response =
          connection
              .client()
              .embeddings()
              .create(params(texts, inputType), connection.options(call));
      return Arrays.asList(vectors(response.data(), texts.size()));
    } catch (RuntimeException e) {
      throw failures.of(e, call);
    }
  }

  /**
   * The same of a known dimension.
   *
   * @throws dev.ragline.document.RagException UNAVAILABLE, too, when the endpoint has another model
   *     now
   */
  List<float[]> embed(List<String> texts, String inputType, int dimension, Call call) {
    List<float[]> vectors = embed(texts, inputType, call);
    for (float[] vector : vectors) {
      if (vector.length != dimension) {
        throw failures.unusable(
            "gave %d components instead of the %d it had at first"
                .formatted(vector.length, dimension));
      }
    }
    return vectors;
  }

  /** Its vector of the text by which models are known. */
  float[] probe(Call call) {
    return embed(List.of(ModelProbe.TEXT), config.inputTypes().question(), call).getFirst();
  }

  /**
   * Compares its model with the one that was learned, unless that was done before.
   *
   * @param probe the vector of the model that was learned
   * @throws RagException FAILED_PRECONDITION when it gives other vectors
   */
  void requireSame(float[] probe, Call call) {
    if (!compared) {
      requireSame(probe, probe(call));
    }
  }

  /** The same with its own vector at hand. */
  void requireSame(float[] probe, float[] own) {
    if (own.length != probe.length || Vectors.dot(own, probe) < SAME) {
      throw failures.notTheService("gives other vectors than the first endpoint");
    }
    compared = true;
  }

  private float[][] vectors(List<Embedding> data, int texts) {
    float[][] vectors = new float[texts][];
    for (Embedding embedding : data) {
      long index =
          embedding
              ._index()
              .asKnown()
              .orElseThrow(() -> failures.unusable("does not say of which text a vector is"));
      if (index < 0 || index >= texts || vectors[(int) index] != null) {
        throw failures.unusable("gave a vector for no text");
      }
      vectors[(int) index] = normalised(components(embedding));
    }
    for (float[] vector : vectors) {
      if (vector == null) {
        throw failures.unusable("gave no vector for a text");
      }
    }
    return vectors;
  }

  /** A vector's numbers; endpoints were seen to give null, text and lists among them. */
  private float[] components(Embedding embedding) {
    List<Float> list =
        embedding
            ._embeddingValue()
            .asKnown()
            .filter(EmbeddingValue::isValid)
            .map(valid -> embedding.embedding())
            .orElse(List.of());
    float[] vector = new float[list.size()];
    for (int i = 0; i < vector.length; i++) {
      // The client says nothing of a null among the numbers.
      @Nullable Float component = list.get(i);
      if (component == null) {
        throw failures.unusable("gave a vector that is no list of numbers");
      }
      vector[i] = component;
    }
    if (vector.length == 0) {
      throw failures.unusable("gave a vector that is no list of numbers");
    }
    return vector;
  }

  private float[] normalised(float[] vector) {
    if (!Vectors.hasDirection(vector)) {
      throw failures.unusable("gave a vector without a direction");
    }
    return Vectors.normalize(vector);
  }

  private EmbeddingCreateParams params(List<String> texts, String inputType) {
    EmbeddingCreateParams.Builder params =
        EmbeddingCreateParams.builder()
            .model(config.model())
            .inputOfArrayOfStrings(texts)
            .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT);
    if (config.dimensions() > 0) {
      params.dimensions(config.dimensions());
    }
    if (!inputType.isEmpty()) {
      params.putAdditionalBodyProperty("input_type", JsonValue.from(inputType));
    }
    return params.build();
  }

  @Override
  public void close() {
    connection.close();
  }
}
