package dev.ragline.embedding.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.ragline.call.Call;
import dev.ragline.embedding.Vectors;
import dev.ragline.openai.OpenAiConnection;
import dev.ragline.openai.OpenAiFailures;
import java.util.List;

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
      long index = embedding.index();
      if (index < 0 || index >= texts || vectors[(int) index] != null) {
        throw failures.unusable("gave a vector for no text");
      }
      vectors[(int) index] = normalised(embedding.embedding());
    }
    for (float[] vector : vectors) {
      if (vector == null) {
        throw failures.unusable("gave no vector for a text");
      }
    }
    return vectors;
  }

  private float[] normalised(List<Float> components) {
    float[] vector = new float[components.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = components.get(i);
    }
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
