package dev.ragline.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.embedding.Vectors;
import dev.ragline.onnx.Graph;
import dev.ragline.parsing.Sentences;
import dev.ragline.testing.TestExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is summed up window by window, against the formula over all outputs at once. */
class WindowMeanTest {
  private static final String SENTENCES =
      "The 🚢 harbour of the old city is large. Ada won the chess tournament! Did she? ";

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 200})
  void embed_textOfManyWindows_isTheFormulaBitForBit(int repeats) throws Exception {
    String text = SENTENCES.repeat(repeats);
    List<SentencedText.Place> places =
        Sentences.in(text).stream()
            .map(span -> new SentencedText.Place(span.start(), span.end()))
            .toList();
    for (String name : OnnxModel.BUNDLED) {
      OnnxModel source = OnnxModel.load(name);
      try (OnnxEmbedder embedder = OnnxEmbedder.open(name, TestExecution.SHARED.compute());
          Graph graph = Graph.load(source.weights());
          Tokenizer tokenizer = new Tokenizer(source.tokenizer(), source.maxTokens())) {
        Reference reference = new Reference(source, graph, tokenizer, text);
        PassageEmbedding read =
            embedder
                .embedSentences(List.of(new SentencedText(text, places)), Call.UNLIMITED)
                .getFirst();
        assertThat(read.vector()).containsExactly(reference.vector());
        assertThat(read.sentences()).hasSameSizeAs(places);
        for (int i = 0; i < places.size(); i += 1 + places.size() / 9) {
          assertThat(read.sentences().get(i)).containsExactly(reference.sentence(places.get(i)));
        }
      }
    }
  }

  /** All outputs of all windows, held at once. */
  private static final class Reference {
    private final Tokenizer.Tokens tokens;
    private final List<float[]> outputs = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final List<Integer> weights = new ArrayList<>();

    Reference(OnnxModel source, Graph graph, Tokenizer tokenizer, String text) throws Exception {
      tokens = tokenizer.tokens(text);
      for (int n = 0; n < tokenizer.windows(tokens.ids().length); n++) {
        long[] window = tokenizer.window(tokens.ids(), n);
        Graph.Output output = graph.run(window, new long[window.length]);
        int own = window.length - tokenizer.special();
        for (int i = tokenizer.before(); i < tokenizer.before() + own; i++) {
          float[] row = new float[output.columns()];
          System.arraycopy(output.values(), i * row.length, row, 0, row.length);
          outputs.add(row);
        }
        vectors.add(Vectors.normalize(Objects.requireNonNull(source.pooling()).pool(output)));
        weights.add(window.length);
      }
    }

    float[] vector() {
      return vectors.size() == 1
          ? vectors.getFirst()
          : Vectors.normalize(
              Vectors.weightedMean(
                  vectors.toArray(float[][]::new),
                  weights.stream().mapToInt(Integer::intValue).toArray()));
    }

    float[] sentence(SentencedText.Place place) {
      double[] sum = new double[outputs.getFirst().length];
      for (int t = 0; t < outputs.size(); t++) {
        int start = tokens.starts()[t];
        int end = tokens.ends()[t];
        if (start >= place.start() && end <= place.end() && end > start) {
          for (int d = 0; d < sum.length; d++) {
            sum[d] += outputs.get(t)[d];
          }
        }
      }
      double squares = 0;
      for (double component : sum) {
        squares += component * component;
      }
      float[] unit = new float[sum.length];
      for (int d = 0; d < sum.length; d++) {
        unit[d] = (float) (sum[d] / Math.sqrt(squares));
      }
      return unit;
    }
  }
}
