package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragline.alignment.Source;
import dev.ragline.alignment.Statement;
import dev.ragline.alignment.Support;
import dev.ragline.bench.SquadFile.Paragraph;
import dev.ragline.bench.SquadFile.Question;
import dev.ragline.call.Call;
import dev.ragline.document.Language;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.embedding.onnx.OnnxEmbedder;
import dev.ragline.parsing.Sentences;
import dev.ragline.store.SentenceVectors;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures how well support tells statements that a passage makes from those that it does not. A
 * statement is a question with its answer, compared with the paragraph that it was asked of, with
 * another of the same article, and with one of another article; and a sentence of the paragraph
 * whose number was changed.
 */
@Command(
    name = "rag-bench/run support",
    description = "Measures how well support tells true statements from others, on a SQuAD file.",
    mixinStandardHelpOptions = true)
public final class SupportBenchmark implements Callable<Integer> {
  private static final String OWN = "own paragraph";
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");

  @Parameters(paramLabel = "FILE", description = "Questions in the JSON of SQuAD.")
  private Path file = Path.of("");

  @Option(names = "--questions", defaultValue = "600", description = "How many; default 600.")
  private int count;

  @Option(names = "--language", defaultValue = "en", description = "Of the file (default en).")
  private String language = "en";

  @Option(names = "--seed", defaultValue = "7", description = "Of the choice (default 7).")
  private long seed;

  @Option(names = "--features", description = "Prints each statement's numbers, tab-separated.")
  private boolean features;

  /** A paragraph made ready. */
  private record Ready(Source source, SentenceVectors vectors) {}

  private final Map<Paragraph, Ready> ready = new HashMap<>();

  public static void main(String[] args) {
    System.exit(new CommandLine(new SupportBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    SquadFile squad = SquadFile.read(file);
    try (Embedder embedder =
        OnnxEmbedder.open("all-minilm-l6-v2", BenchExecution.SHARED.compute())) {
      Map<String, List<Support>> cases = cases(squad, embedder);
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      List<Support> own = cases.getOrDefault(OWN, List.of());
      cases.forEach((name, found) -> print(out, name, found, own));
    }
    return 0;
  }

  private Map<String, List<Support>> cases(SquadFile squad, Embedder embedder) {
    Map<Integer, List<Paragraph>> articles =
        squad.questions().stream()
            .map(Question::paragraph)
            .collect(Collectors.groupingBy(Paragraph::article));
    List<Paragraph> all = squad.paragraphs();
    List<Question> questions = new ArrayList<>(squad.questions());
    Random random = new Random(seed);
    Collections.shuffle(questions, random);
    Map<String, List<Support>> cases = new LinkedHashMap<>();
    for (Question question : questions.subList(0, Math.min(count, questions.size()))) {
      Function<Paragraph, Support> support =
          it -> support(statement(question), ready(it, embedder), embedder);
      Paragraph own = question.paragraph();
      List<Paragraph> article = articles.getOrDefault(own.article(), List.of());
      add(cases, OWN, support.apply(own));
      Paragraph near = other(article, own, random);
      if (near != null) {
        add(cases, "same article", support.apply(near));
      }
      Paragraph far = all.get(random.nextInt(all.size()));
      if (!article.contains(far)) {
        add(cases, "another article", support.apply(far));
      }
      String changed = changed(own.text());
      if (changed != null) {
        Statement wrong = new Statement(changed);
        add(cases, "number changed", support(wrong, ready(own, embedder), embedder));
      }
    }
    return cases;
  }

  private static void add(Map<String, List<Support>> cases, String name, Support support) {
    cases.computeIfAbsent(name, any -> new ArrayList<>()).add(support);
  }

  private static Statement statement(Question question) {
    return new Statement(
        question.text().replaceAll("[?？؟]", "") + " " + question.plainAnswers().first());
  }

  private static @Nullable Paragraph other(
      List<Paragraph> paragraphs, Paragraph own, Random random) {
    List<Paragraph> others = paragraphs.stream().filter(it -> !it.equals(own)).distinct().toList();
    return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
  }

  /** The first sentence with a number, which becomes another one. */
  private static @Nullable String changed(String paragraph) {
    return Sentences.in(paragraph).stream()
        .map(span -> span.of(paragraph))
        .filter(sentence -> NUMBER.matcher(sentence).find())
        .findFirst()
        .map(
            sentence -> {
              Matcher number = NUMBER.matcher(sentence);
              return number.replaceFirst(old -> old.group() + "7");
            })
        .orElse(null);
  }

  private static Support support(Statement statement, Ready paragraph, Embedder embedder) {
    QuestionEmbedding embedding = embedder.embedQuestion(statement.text(), Call.UNLIMITED);
    return Support.of(
        statement,
        paragraph.source(),
        Support.isKnown(embedding.coverage())
            ? paragraph.vectors().nearest(embedding.vector())
            : null);
  }

  private Ready ready(Paragraph paragraph, Embedder embedder) {
    return ready.computeIfAbsent(
        paragraph,
        any -> {
          String text = paragraph.text();
          List<SentencedText.Place> places =
              Sentences.in(text).stream()
                  .map(span -> new SentencedText.Place(span.start(), span.end()))
                  .toList();
          PassageEmbedding embedding =
              embedder
                  .embedSentences(List.of(new SentencedText(text, places)), Call.UNLIMITED)
                  .getFirst();
          return new Ready(
              new Source(text, "", Language.parse(language)),
              SentenceVectors.of(embedding.sentences()));
        });
  }

  private void print(PrintStream out, String name, List<Support> found, List<Support> own) {
    if (features) {
      for (Support one : found) {
        out.printf("%s\t%.4f\t%.4f\t%s%n", name, one.score(), one.lexical(), one.semantic());
      }
      return;
    }
    long enough = found.stream().filter(one -> one.score() >= Support.ENOUGH).count();
    out.printf(
        "%-16s %4d statements, %5.1f %% supported, AUROC %.3f%n",
        name, found.size(), 100.0 * enough / found.size(), Auroc.of(scores(own), scores(found)));
  }

  private static double[] scores(List<Support> found) {
    return found.stream().mapToDouble(Support::score).toArray();
  }
}
