package dev.ragline.client.evaluation;

import com.google.protobuf.Struct;
import dev.ragline.client.evaluation.QuestionFile.Passages;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import java.util.ArrayList;
import java.util.List;

/**
 * An object a line: {@code question}, its {@code kind}, and what is expected: {@code document},
 * {@code section} and {@code text} of the right passage, or several of these under {@code
 * expected}; {@code answer}; {@code unanswerable}. A line with {@code passage} brings the right
 * passage along, one without a question only that.
 */
final class JsonLines {
  private final Passages kind;
  private final OwnPassages passages = new OwnPassages();
  private final List<EvaluationQuestion> questions = new ArrayList<>();

  private JsonLines(Passages kind) {
    this.kind = kind;
  }

  static QuestionSet parse(List<String> lines, Passages kind) {
    JsonLines file = new JsonLines(kind);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        String place = "line " + (i + 1);
        Struct object =
            QuestionFile.object(lines.get(i))
                .orElseThrow(() -> new QuestionFileException(place + ": is no JSON object"));
        file.add(new Fields(object, place));
      }
    }
    return new QuestionSet(file.questions, file.passages.all());
  }

  private void add(Fields line) {
    String passage = line.text("passage");
    String document = line.text("document");
    if (kind == Passages.OWN && !passage.isBlank()) {
      if (!document.isEmpty() && passages.isOther(document, passage)) {
        throw line.wrong("document '" + document + "' has another passage already");
      }
      String id =
          document.isEmpty() ? "passage-%05d".formatted(passages.all().size() + 1) : document;
      document = passages.add(id, document, passage);
    }
    String question = line.text("question");
    if (question.isBlank()) {
      if (passage.isBlank()) {
        throw line.wrong("there is no 'question'");
      }
      return;
    }
    EvaluationQuestion.Builder asked =
        EvaluationQuestion.newBuilder()
            .setQuestion(question)
            .addAllAnswers(line.texts("answer"))
            .setUnanswerable(line.flag("unanswerable"))
            .setKind(line.text("kind").strip());
    if (!asked.getUnanswerable()) {
      expect(asked, line, document, passage);
    }
    check(asked, line);
    questions.add(asked.build());
  }

  private void expect(
      EvaluationQuestion.Builder asked, Fields line, String document, String passage) {
    String text = line.text("text");
    // A passage of the file's own stands below no heading.
    String section = kind == Passages.OWN && !passage.isBlank() ? "" : line.text("section").strip();
    boolean unplaced = document.isEmpty() && text.isBlank() && section.isEmpty();
    String needed = unplaced && kind == Passages.OF_A_CORPUS ? passage : text;
    if (!document.isEmpty() || !section.isEmpty() || !needed.isBlank()) {
      asked.addExpected(place(document, section, needed));
    }
    for (Fields place : line.objects("expected")) {
      asked.addExpected(
          place(place.text("document"), place.text("section").strip(), place.text("text")));
    }
  }

  private static ExpectedPassage place(String document, String section, String text) {
    return ExpectedPassage.newBuilder()
        .setDocument(document)
        .setSection(section)
        .setText(text)
        .build();
  }

  private static void check(EvaluationQuestion.Builder asked, Fields line) {
    boolean known = asked.getExpectedCount() > 0 || asked.getAnswersCount() > 0;
    if (asked.getUnanswerable() && known) {
      throw line.wrong("an unanswerable question has no answer");
    }
    if (!asked.getUnanswerable() && !known) {
      throw line.wrong(
          "nothing is expected: give 'document', 'section', 'text', 'passage' or 'answer', or"
              + " 'unanswerable'");
    }
  }
}
