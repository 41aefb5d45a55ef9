package dev.ragline.embedding;

import dev.ragline.document.Language;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A few questions in a language with their answers, which say the same in all languages. A question
 * shares few words with its answer, and some with that of another, so that a model finds the right
 * one only where it knows what they mean.
 *
 * @param answers of each question, in the same order
 */
public record LanguageProbe(List<String> questions, List<String> answers) {
  public LanguageProbe {
    questions = List.copyOf(questions);
    answers = List.copyOf(answers);
    if (questions.size() < 2 || questions.size() != answers.size()) {
      throw new IllegalArgumentException("questions and answers come in pairs, at least two");
    }
  }

  /** The probe of a language; empty for one that has none. */
  public static Optional<LanguageProbe> of(Language language) {
    String file = "languages/%s.txt".formatted(language.tag());
    try (InputStream in = LanguageProbe.class.getResourceAsStream(file)) {
      return in == null ? Optional.empty() : Optional.of(read(in));
    } catch (IOException e) {
      throw new UncheckedIOException("the probes of languages can always be read", e);
    }
  }

  /** Questions and answers by turns, a line each. */
  private static LanguageProbe read(InputStream in) throws IOException {
    List<String> questions = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      (questions.size() == answers.size() ? questions : answers).add(line);
    }
    return new LanguageProbe(questions, answers);
  }
}
