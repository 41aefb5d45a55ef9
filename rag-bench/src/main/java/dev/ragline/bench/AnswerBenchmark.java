package dev.ragline.bench;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.answering.GroundingSpec;
import dev.ragline.bench.SquadFile.Paragraph;
import dev.ragline.bench.SquadFile.Question;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.Stage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures when Ragline answers and whether its quotes hold the answer; in this process. */
@Command(
    name = "rag-bench/run answers",
    description = "Measures the gate before answers, and answers quoted without a language model.",
    mixinStandardHelpOptions = true)
public final class AnswerBenchmark implements Callable<Integer> {
  private static final int SMALL = 10;
  private static final int MIDDLE = 100;
  private static final int FOREIGN_EACH = 200;
  private static final RetrievalSpec SPEC = RetrievalSpec.DEFAULT.forAnswer();
  private static final AnswerSpec ALWAYS =
      new AnswerSpec(
          RetrievalSpec.DEFAULT,
          GenerationSettings.NONE,
          new GroundingSpec(new GroundingSettings(0.0), GroundingSpec.Unsupported.MARK));

  @Parameters(paramLabel = "SQUAD", description = "Questions with answers, in SQuAD's JSON.")
  private Path file = Path.of("");

  @Option(
      names = "--strangers",
      paramLabel = "FILE",
      description = "Texts, one a line, that make one half of the corpus a large one.")
  private @Nullable Path strangers;

  @Option(
      names = "--signs",
      paramLabel = "FILE",
      description = "Where to write what the gate judged by, a line of JSON a question.")
  private @Nullable Path signsFile;

  @Option(
      names = "--model",
      defaultValue = "all-minilm-l6-v2",
      description = "The embedding model (default all-minilm-l6-v2).")
  private String model = "";

  @Option(
      names = "--questions",
      defaultValue = "1000000",
      description = "The most questions of each half that are asked of it; all by default.")
  private int most;

  @Option(names = "--seed", defaultValue = "7", description = "Of what is drawn (default 7).")
  private long seed;

  public static void main(String[] args) {
    System.exit(new CommandLine(new AnswerBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    SquadFile squad = SquadFile.read(file);
    try (AnswerCorpora corpora = new AnswerCorpora(model);
        GateSigns signs = new GateSigns(signsFile)) {
      System.out.println(
          "| the gate | questions, own + foreign | AUROC | refused, own | refused, foreign |\n"
              + "|---|---|---|---|---|");
      halves(squad, corpora, signs);
      samples(squad, corpora, signs, SMALL, 20);
      samples(squad, corpora, signs, MIDDLE, 4);
      System.out.println("\n| quoted | the answer is in it |\n|---|---|");
      quotes(squad, corpora);
    }
    return 0;
  }

  /** Each half of the articles is a corpus, to which the other half's questions are foreign. */
  private void halves(SquadFile squad, AnswerCorpora corpora, GateSigns signs) throws Exception {
    List<Integer> articles = new ArrayList<>();
    for (int i = 0; i < squad.articles(); i++) {
      articles.add(i);
    }
    Collections.shuffle(articles, new Random(seed));
    Set<Integer> half = Set.copyOf(articles.subList(0, articles.size() / 2));
    List<Question> questions = new ArrayList<>(squad.questions());
    Collections.shuffle(questions, new Random(seed));
    List<Question> asked = questions.subList(0, Math.min(2 * most, questions.size()));
    gate(
        "one half",
        corpora,
        signs,
        squad.paragraphs().stream().filter(p -> half.contains(p.article())).toList(),
        List.of(),
        asked);
    List<Paragraph> rest =
        squad.paragraphs().stream().filter(p -> !half.contains(p.article())).toList();
    gate("the other half", corpora, signs, rest, List.of(), asked);
    if (strangers != null) {
      gate(
          "the other half among strangers",
          corpora,
          signs,
          rest,
          Files.readAllLines(strangers),
          asked);
    }
  }

  private static void gate(
      String name,
      AnswerCorpora corpora,
      GateSigns signs,
      List<Paragraph> paragraphs,
      List<String> others,
      List<Question> questions)
      throws Exception {
    int chunks = paragraphs.size() + others.size();
    GateFigures figures = new GateFigures("%s, %d chunks".formatted(name, chunks), signs);
    judge(figures, corpora, paragraphs, others, questions);
    System.out.println(figures.row());
  }

  private static void judge(
      GateFigures figures,
      AnswerCorpora corpora,
      List<Paragraph> paragraphs,
      List<String> others,
      List<Question> questions)
      throws Exception {
    CorpusId corpus = corpora.of("gate", paragraphs, others);
    Set<Paragraph> there = Set.copyOf(paragraphs);
    questions.parallelStream()
        .forEach(
            question -> {
              Retrieval found =
                  corpora.retriever().retrieve(corpus, question.text(), SPEC, Call.UNLIMITED);
              figures.judge(question, there.contains(question.paragraph()), found.grounds());
            });
    corpora.delete(corpus);
  }

  /**
   * Many small corpora of a few articles' paragraphs; the other articles' questions are foreign.
   */
  private void samples(SquadFile squad, AnswerCorpora corpora, GateSigns signs, int size, int count)
      throws Exception {
    Random random = new Random(seed + size);
    GateFigures figures = new GateFigures("%d corpora of %d chunks".formatted(count, size), signs);
    for (int i = 0; i < count; i++) {
      List<Paragraph> shuffled = new ArrayList<>(squad.paragraphs());
      Collections.shuffle(shuffled, random);
      Set<Integer> articles =
          shuffled.stream()
              .map(Paragraph::article)
              .distinct()
              .limit(size > SMALL ? 6 : 2)
              .collect(Collectors.toSet());
      List<Paragraph> drawn =
          shuffled.stream().filter(p -> articles.contains(p.article())).limit(size).toList();
      Set<Paragraph> there = Set.copyOf(drawn);
      List<Question> questions = new ArrayList<>(squad.questions());
      Collections.shuffle(questions, random);
      List<Question> asked =
          new ArrayList<>(
              questions.stream().filter(q -> there.contains(q.paragraph())).limit(most).toList());
      questions.stream()
          .filter(q -> !articles.contains(q.paragraph().article()))
          .limit(Math.min(most, FOREIGN_EACH))
          .forEach(asked::add);
      judge(figures, corpora, drawn, List.of(), asked);
    }
    System.out.println(figures.row());
  }

  /** Quotes for the questions to all paragraphs at once. */
  private void quotes(SquadFile squad, AnswerCorpora corpora) throws Exception {
    CorpusId corpus = corpora.of("quotes", squad.paragraphs(), List.of());
    List<Question> questions = new ArrayList<>(squad.questions());
    Collections.shuffle(questions, new Random(seed));
    questions = questions.subList(0, Math.min(2 * most, questions.size()));
    Histogram micros = new Histogram(3);
    for (int sentences = 1; sentences <= 2; sentences++) {
      micros.reset();
      Answerer answerer = corpora.quoter(sentences);
      List<Boolean> right = new ArrayList<>();
      for (Question question : questions) {
        Answer answer =
            answerer.answer(corpus, question.text(), ALWAYS, Call.UNLIMITED, event -> {});
        right.add(holds(answer.text(), question.answers()));
        micros.recordValue(Math.max(1, beyondRetrieval(answer)));
      }
      System.out.printf(
          "| at most %d %s | %s |%n",
          sentences, sentences == 1 ? "sentence" : "sentences", Intervals.share(right));
    }
    System.out.printf(
        Locale.ROOT,
        "%nbeyond retrieval: %.1f ms at p50, %.1f ms at p99%n",
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3);
  }

  private static long beyondRetrieval(Answer answer) {
    Set<String> beyond = Set.of("grounds", "gate", "generate", "align");
    return answer.stages().stream()
        .filter(stage -> beyond.contains(stage.name()))
        .map(Stage::elapsed)
        .mapToLong(elapsed -> elapsed.toNanos() / 1000)
        .sum();
  }

  private static boolean holds(String text, List<String> answers) {
    String plain = plain(text);
    return answers.stream().anyMatch(answer -> plain.contains(plain(answer)));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
