package dev.ragline.embedding.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingValue;
import dev.ragline.call.Call;
import dev.ragline.embedding.Vectors;
import dev.ragline.openai.OpenAiConnection;
import dev.ragline.openai.OpenAiFailures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request for the vectors of one batch, checked and brought to length 1. */
final class EmbeddingClient implements AutoCloseable {
  static final String STAGE = "embed";

  private final OpenAiEmbedderConfig config;
  private final OpenAiFailures failures;
  private final OpenAiConnection connection;

  EmbeddingClient(OpenAiEmbedderConfig config) {
    this.config = config;
    this.failures =
        new OpenAiFailures(
            "EMBEDDING", "the embedding model", STAGE, config.endpoint(), config.model());
    this.connection = OpenAiConnection.open(config.endpoint());
  }

  /** Vectors of one batch, one a text, all of one dimension. */
  float[][] embed(List<String> texts, Call call) {
    call.check(STAGE);
    try {
      CreateEmbeddingResponse response =
          connection.client().embeddings().create(params(texts), connection.options(call));
      return vectors(response.data(), texts.size());
    } catch (RuntimeException e) {
      throw failures.of(e, call);
    }
  }

  /** The endpoint now gives other vectors than when it was opened. */
  void requireDimension(float[] vector, int dimension) {
    if (vector.length != dimension) {
      throw failures.unusable(
          "gave " + vector.length + " components instead of the " + dimension + " it had at first");
    }
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

  private EmbeddingCreateParams params(List<String> texts) {
    return EmbeddingCreateParams.builder()
        .model(config.model())
        .inputOfArrayOfStrings(texts)
        .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
        .build();
  }

  @Override
  public void close() {
    connection.close();
  }
}
