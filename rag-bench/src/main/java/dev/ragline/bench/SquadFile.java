package dev.ragline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The paragraphs and questions of a file in SQuAD's JSON.
 *
 * @param paragraphs in the file's order
 * @param questions those that have an answer
 */
record SquadFile(List<Paragraph> paragraphs, List<Question> questions) {
  /**
   * A paragraph.
   *
   * @param article the number of its article
   * @param title its article's
   */
  record Paragraph(String id, int article, String title, String text) {}

  /**
   * A question.
   *
   * @param answers each right; at least one
   */
  record Question(String text, Paragraph paragraph, List<String> answers) {
    /** The answers that differ in more than the case of their letters, in the order of these. */
    SortedSet<String> plainAnswers() {
      SortedSet<String> plain = new TreeSet<>();
      answers.forEach(answer -> plain.add(answer.toLowerCase(Locale.ROOT)));
      return plain;
    }
  }

  static SquadFile read(Path file) throws IOException {
    List<Paragraph> paragraphs = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    int article = 0;
    for (JsonNode each : JsonMapper.builder().build().readTree(file.toFile()).path("data")) {
      String title = each.path("title").asText().replace('_', ' ');
      for (JsonNode context : each.path("paragraphs")) {
        String id = "a%02d-%04d".formatted(article, paragraphs.size());
        Paragraph paragraph = new Paragraph(id, article, title, context.path("context").asText());
        paragraphs.add(paragraph);
        for (JsonNode question : context.path("qas")) {
          List<String> answers = new ArrayList<>();
          question.path("answers").forEach(answer -> answers.add(answer.path("text").asText()));
          String text = question.path("question").asText().strip();
          if (!answers.isEmpty() && !text.isEmpty()) {
            questions.add(new Question(text, paragraph, List.copyOf(answers)));
          }
        }
      }
      article++;
    }
    return new SquadFile(List.copyOf(paragraphs), List.copyOf(questions));
  }

  /** How many articles there are. */
  int articles() {
    return paragraphs.isEmpty() ? 0 : paragraphs.getLast().article() + 1;
  }
}
