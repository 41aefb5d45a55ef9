package dev.ragline.testing;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Language;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.LanguageProbe;
import dev.ragline.embedding.QuestionEmbedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Embeds a text as its bag of words, hashed to 64 components; texts without words get axis 0. It
 * knows all languages: the questions of their probes lie where their answers do.
 */
public final class FakeEmbedder implements Embedder {
  private static final int DIMENSION = 64;

  private static final Map<String, String> ANSWERS = answers();

  private final List<List<String>> calls = Collections.synchronizedList(new ArrayList<>());
  private boolean closed;

  @Override
  public EmbeddingModel model() {
    return new EmbeddingModel("fake-embedder", "fake-embedder-1", DIMENSION, 256);
  }

  @Override
  public boolean computesHere() {
    return true;
  }

  @Override
  public int countTokens(String text) {
    return words(text).size();
  }

  @Override
  public List<float[]> embedPassages(List<String> texts, Call call) {
    calls.add(List.copyOf(texts));
    call.meter().countEmbedded(texts.stream().mapToLong(this::countTokens).sum());
    return texts.stream().map(FakeEmbedder::embed).toList();
  }

  @Override
  public QuestionEmbedding embedQuestion(String question, Call call) {
    call.meter().countEmbedded(countTokens(question));
    return new QuestionEmbedding(embed(ANSWERS.getOrDefault(question, question)), 1, 1);
  }

  private static Map<String, String> answers() {
    Map<String, String> answers = new HashMap<>();
    for (Language language : Language.all()) {
      LanguageProbe.of(language)
          .ifPresent(
              probe -> {
                for (int i = 0; i < probe.questions().size(); i++) {
                  answers.put(probe.questions().get(i), probe.answers().get(i));
                }
              });
    }
    return answers;
  }

  /** The texts of each call of {@link #embedPassages}. */
  public List<List<String>> calls() {
    return List.copyOf(calls);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }

  private static float[] embed(String text) {
    float[] vector = new float[DIMENSION];
    for (String word : words(text)) {
      vector[Math.floorMod(word.hashCode() * 0x9E3779B1, DIMENSION)]++;
    }
    double squares = 0;
    for (float component : vector) {
      squares += component * component;
    }
    if (squares == 0) {
      vector[0] = 1;
      return vector;
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return vector;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (char c : (text.toLowerCase(Locale.ROOT) + " ").toCharArray()) {
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }
}
