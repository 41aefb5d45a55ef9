package dev.ragline.bench;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The paragraphs and questions of a SQuAD file.
 *
 * @param paragraphs texts by id
 */
record SquadQuestions(Map<String, String> paragraphs, List<Question> questions) {
  /**
   * A question.
   *
   * @param paragraph the id of the paragraph with the answer
   * @param title that of the paragraph's article
   * @param answers in small letters
   */
  record Question(String text, String paragraph, String title, TreeSet<String> answers) {}

  static SquadQuestions read(Path file) throws IOException {
    Struct.Builder squad = Struct.newBuilder();
    JsonFormat.parser().merge(Files.readString(file), squad);
    Map<String, String> paragraphs = new LinkedHashMap<>();
    List<Question> questions = new ArrayList<>();
    for (Struct article : list(squad.build(), "data")) {
      String title = text(article, "title").replace('_', ' ');
      for (Struct paragraph : list(article, "paragraphs")) {
        String id = "p" + paragraphs.size();
        paragraphs.put(id, text(paragraph, "context"));
        for (Struct asked : list(paragraph, "qas")) {
          TreeSet<String> answers = new TreeSet<>();
          list(asked, "answers")
              .forEach(it -> answers.add(text(it, "text").toLowerCase(Locale.ROOT)));
          questions.add(new Question(text(asked, "question").strip(), id, title, answers));
        }
      }
    }
    return new SquadQuestions(paragraphs, questions);
  }

  private static List<Struct> list(Struct of, String field) {
    ListValue values = of.getFieldsOrDefault(field, Value.getDefaultInstance()).getListValue();
    return values.getValuesList().stream().map(Value::getStructValue).toList();
  }

  private static String text(Struct of, String field) {
    return of.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
  }
}
