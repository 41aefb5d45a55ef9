package dev.ragline.client.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.evaluation.QuestionFile.Passages;
import dev.ragline.e2e.Rag;
import dev.ragline.e2e.Requirements;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The questions of rag-bench/eval say what the pages say: documents, sections and answers. */
class ExampleQuestionsTest {
  private static final Path FILES = Rag.root().resolve("rag-bench/eval");
  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*)");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\{#[^}]*\\}\\s*$");

  @Test
  void guide_everyExpectation_standsInThePages() throws IOException {
    Map<String, Path> pages = new HashMap<>();
    pages.put("README.md", Rag.root().resolve("README.md"));
    try (Stream<Path> guide = Files.list(Rag.root().resolve("docs/guide"))) {
      guide.forEach(page -> pages.put(String.valueOf(page.getFileName()), page));
    }

    assertStands(FILES.resolve("guide.jsonl"), pages);
  }

  @Test
  void concepts_everyExpectation_standsInThePages() throws IOException {
    Path folder = Requirements.data("k8s-concepts");
    Map<String, Path> pages = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(page -> pages.put(folder.relativize(page).toString().replace('/', '~'), page));
    }

    assertStands(FILES.resolve("k8s-concepts.jsonl"), pages);
  }

  private static void assertStands(Path file, Map<String, Path> pages) throws IOException {
    List<String> wrong = new ArrayList<>();
    List<EvaluationQuestion> questions = QuestionFile.read(file, Passages.OF_A_CORPUS).questions();
    for (EvaluationQuestion question : questions) {
      assertThat(question.getKind()).as(question.getQuestion()).isNotEmpty();
      for (ExpectedPassage place : question.getExpectedList()) {
        if (!stands(place, question.getAnswersList(), pages)) {
          wrong.add(question.getQuestion() + " " + place.getDocument() + "#" + place.getSection());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(questions.stream().map(EvaluationQuestion::getQuestion)).doesNotHaveDuplicates();
  }

  private static boolean stands(
      ExpectedPassage place, List<String> answers, Map<String, Path> pages) throws IOException {
    Path page = pages.get(place.getDocument());
    if (page == null) {
      return false;
    }
    String text = Files.readString(page);
    List<String> sections =
        place.getSection().isEmpty() ? List.of(text) : sections(text, place.getSection());
    return sections.stream()
        .map(ExampleQuestionsTest::folded)
        .anyMatch(
            section ->
                answers.isEmpty()
                    || answers.stream().anyMatch(answer -> section.contains(folded(answer))));
  }

  /** What stands below each heading of that name, subsections included. */
  private static List<String> sections(String text, String name) {
    List<String> sections = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher heading = HEADING.matcher(lines.get(i));
      if (heading.matches() && words(heading.group(2)).equals(words(name))) {
        sections.add(String.join("\n", lines.subList(i, end(lines, i, heading.group(1).length()))));
      }
    }
    return sections;
  }

  private static int end(List<String> lines, int from, int level) {
    boolean code = false;
    for (int i = from + 1; i < lines.size(); i++) {
      String line = lines.get(i);
      code ^= line.strip().startsWith("```");
      Matcher heading = HEADING.matcher(line);
      if (!code && heading.matches() && heading.group(1).length() <= level) {
        return i;
      }
    }
    return lines.size();
  }

  private static String words(String heading) {
    return ATTRIBUTE
        .matcher(heading)
        .replaceFirst("")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }

  /** Without the marks of code and emphasis, which an answer does not show. */
  private static String folded(String text) {
    return text.replaceAll("[`*]", "").replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
