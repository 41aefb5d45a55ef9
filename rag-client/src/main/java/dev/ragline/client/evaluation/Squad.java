package dev.ragline.client.evaluation;

import com.google.protobuf.Struct;
import dev.ragline.client.evaluation.QuestionFile.Passages;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The JSON of SQuAD 1.1 and 2.0: articles of paragraphs with their questions. A paragraph is a
 * passage. In a corpus that is cut in its own way the right passage is the one that holds the
 * sentence around the answer.
 */
final class Squad {
  /** Longer than most sentences, shorter than most chunks. */
  private static final int MAX_SENTENCE = 200;

  private final Passages kind;
  private final OwnPassages passages = new OwnPassages();
  private final List<EvaluationQuestion> questions = new ArrayList<>();

  private Squad(Passages kind) {
    this.kind = kind;
  }

  static QuestionSet parse(Struct file, Passages kind) {
    Squad squad = new Squad(kind);
    for (Fields article : new Fields(file, "SQuAD").objects("data")) {
      String title = article.text("title");
      int number = 0;
      for (Fields paragraph : article.objects("paragraphs")) {
        number++;
        squad.add(title, number, paragraph);
      }
    }
    return new QuestionSet(squad.questions, squad.passages.all());
  }

  private void add(String title, int number, Fields paragraph) {
    String context = paragraph.text("context");
    if (context.isBlank()) {
      throw paragraph.wrong("there is no 'context'");
    }
    String document =
        kind == Passages.OWN
            ? passages.add("%s-%03d".formatted(title, number), title.replace('_', ' '), context)
            : "";
    for (Fields question : paragraph.objects("qas")) {
      questions.add(question(question, document, context));
    }
  }

  private EvaluationQuestion question(Fields question, String document, String context) {
    String text = question.text("question").strip();
    if (text.isEmpty()) {
      throw question.wrong("there is no 'question'");
    }
    EvaluationQuestion.Builder asked = EvaluationQuestion.newBuilder().setQuestion(text);
    List<Fields> answers = question.objects("answers");
    if (question.flag("is_impossible") || answers.isEmpty()) {
      return asked.setUnanswerable(true).build();
    }
    answers.stream()
        .map(answer -> answer.text("text"))
        .filter(answer -> !answer.isBlank())
        .distinct()
        .limit(20)
        .forEach(asked::addAnswers);
    if (kind == Passages.OWN) {
      return asked.addExpected(ExpectedPassage.newBuilder().setDocument(document)).build();
    }
    return asked
        .addExpected(ExpectedPassage.newBuilder().setText(sentence(context, answers.get(0))))
        .build();
  }

  /** The sentence around an answer, or so much of it around the answer as is short enough. */
  private static String sentence(String context, Fields answer) {
    String text = answer.text("text");
    int at = place(context, answer.number("answer_start"), text);
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(context);
    int start = at == 0 ? 0 : sentences.preceding(Math.min(at + 1, context.length()));
    int end = Math.max(sentences.following(Math.min(at, context.length() - 1)), at + text.length());
    int spare = Math.max(0, MAX_SENTENCE - text.length()) / 2;
    if (end - start > MAX_SENTENCE) {
      start = wordStart(context, Math.max(start, at - spare), at);
      end = wordEnd(context, Math.min(end, at + text.length() + spare), at + text.length());
    }
    return context.substring(start, end).strip();
  }

  /** SQuAD counts in code points; where it miscounts, the answer's first occurrence. */
  private static int place(String context, int codePoints, String answer) {
    if (codePoints >= 0 && codePoints <= context.codePointCount(0, context.length())) {
      int at = context.offsetByCodePoints(0, codePoints);
      if (context.startsWith(answer, at)) {
        return at;
      }
    }
    return Math.max(0, context.indexOf(answer));
  }

  /** The first start of a word from {@code from} on; at most {@code latest}. */
  private static int wordStart(String text, int from, int latest) {
    int at = from;
    while (at < latest && at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
      at++;
    }
    return at;
  }

  /** The last end of a word up to {@code to}; at least {@code earliest}. */
  private static int wordEnd(String text, int to, int earliest) {
    int at = Math.min(to, text.length());
    while (at > earliest && at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at--;
    }
    return at;
  }
}
