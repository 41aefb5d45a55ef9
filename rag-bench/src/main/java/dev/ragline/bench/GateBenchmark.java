package dev.ragline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ragline.bench.SquadFile.Paragraph;
import dev.ragline.bench.SquadFile.Question;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.gating.Gate;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.transform.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures the gate on questions that are harder to tell apart than those of other articles: made
 * impossible, asked of paragraphs that were left out, asked politely, of another field, and
 * people's own turns. Writes what {@link GateFit} fits the weights to.
 */
@Command(
    name = "rag-bench/run gate",
    description = "Measures the gate on questions on the topic, polite ones, and conversations.",
    mixinStandardHelpOptions = true)
public final class GateBenchmark implements Callable<Integer> {
  private static final RetrievalSpec SPEC = RetrievalSpec.DEFAULT.forAnswer();

  /** One of so many paragraphs is left out. */
  private static final int LEFT_OUT = 8;

  private static final List<String> POLITE =
      List.of(
          "Can you please tell me %s",
          "Hello everyone! %s Thanks a lot in advance.",
          "I would like to know %s",
          "Good morning, I have a question: %s Kind regards, Ann");

  @Parameters(paramLabel = "SQUAD", description = "Questions with answers, in SQuAD's JSON.")
  private Path file = Path.of("");

  @Option(
      names = "--turns",
      paramLabel = "FILE",
      description = "Conversations with their passages, a line of JSON each, as MTRAG-UN has them.")
  private @Nullable Path turns;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Markdown files, which are asked what --asked says.")
  private @Nullable Path folder;

  @Option(
      names = "--asked",
      paramLabel = "FILE",
      description =
          "Questions to --folder, one a line, each behind own, hard or foreign and a tab.")
  private @Nullable Path asked;

  @Option(names = "--signs", paramLabel = "FILE", description = "Where to write a line a question.")
  private @Nullable Path signsFile;

  @Option(
      names = "--questions",
      defaultValue = "700",
      description = "Of SQuAD, of each kind (700); 0 for none.")
  private int most;

  @Option(names = "--seed", defaultValue = "7", description = "Of what is drawn (default 7).")
  private long seed;

  /** Relevances by kind of question, in the order in which kinds were met. */
  private final Map<String, List<Double>> relevances = new LinkedHashMap<>();

  public static void main(String[] args) {
    System.exit(new CommandLine(new GateBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (AnswerCorpora corpora = new AnswerCorpora("all-minilm-l6-v2");
        GateSigns signs = new GateSigns(signsFile)) {
      SquadFile squad = SquadFile.read(file);
      for (int half = 0; half < 2 && most > 0; half++) {
        squad(squad, half, corpora, signs);
      }
      if (turns != null) {
        turns(turns, corpora, signs);
      }
      if (folder != null && asked != null) {
        folder(folder, asked, corpora, signs);
      }
    }
    print();
    return 0;
  }

  /** A question on its way to the gate. */
  private record GateQuestion(
      String kind, String group, boolean answered, String text, List<Turn> said) {}

  private void squad(SquadFile squad, int half, AnswerCorpora corpora, GateSigns signs)
      throws Exception {
    Random random = new Random(seed + half);
    List<Question> questions = new ArrayList<>(squad.questions());
    Collections.shuffle(questions, random);
    ImpossibleQuestions impossible = new ImpossibleQuestions(questions, seed);
    Map<Boolean, List<Paragraph>> split =
        squad.paragraphs().stream()
            .filter(paragraph -> paragraph.article() % 2 == half)
            .collect(Collectors.partitioningBy(any -> random.nextInt(LEFT_OUT) > 0));
    Set<Paragraph> there = Set.copyOf(split.getOrDefault(true, List.of()));
    List<Question> own = questions.stream().filter(q -> there.contains(q.paragraph())).toList();
    List<GateQuestion> cases = new ArrayList<>();
    own.stream().limit(most).forEach(q -> cases.add(squadCase("own", q, true, q.text())));
    own.stream()
        .skip(most)
        .flatMap(
            q -> impossible.of(q).map(text -> squadCase("impossible", q, false, text)).stream())
        .limit(most)
        .forEach(cases::add);
    own.stream()
        .limit(most / 2)
        .forEach(q -> cases.add(squadCase("polite", q, true, polite(q.text(), random))));
    questions.stream()
        .filter(q -> q.paragraph().article() % 2 == half && !there.contains(q.paragraph()))
        .limit(most / 2)
        .forEach(q -> cases.add(squadCase("left out", q, false, q.text())));
    questions.stream()
        .filter(q -> q.paragraph().article() % 2 != half)
        .limit(most)
        .forEach(q -> cases.add(squadCase("foreign", q, false, q.text())));
    CorpusId corpus = corpora.of("half-" + half, List.copyOf(there), List.of());
    cases.parallelStream().forEach(one -> judge(one, corpus, corpora, signs));
    corpora.delete(corpus);
  }

  private static GateQuestion squadCase(
      String kind, Question question, boolean answered, String text) {
    String group = "article " + question.paragraph().article();
    return new GateQuestion(kind, group, answered, text, List.of());
  }

  private static String polite(String question, Random random) {
    String form = POLITE.get(random.nextInt(POLITE.size()));
    String inside =
        form.startsWith("%s") || form.contains("! %s") || form.contains(": %s")
            ? question
            : question.substring(0, 1).toLowerCase(Locale.ROOT) + question.substring(1);
    return form.formatted(inside);
  }

  /** A corpus of each collection's passages. */
  private void turns(Path from, AnswerCorpora corpora, GateSigns signs) throws Exception {
    Map<String, List<JsonNode>> collections = new TreeMap<>();
    for (String line : Files.readAllLines(from)) {
      JsonNode turn = JsonMapper.builder().build().readTree(line);
      collections
          .computeIfAbsent(turn.path("collection").asText(), any -> new ArrayList<>())
          .add(turn);
    }
    for (var collection : collections.entrySet()) {
      Map<String, Paragraph> passages = new LinkedHashMap<>();
      for (JsonNode turn : collection.getValue()) {
        for (JsonNode passage : turn.path("passages")) {
          String text = passage.path("text").asText();
          String id = "p%05d".formatted(passages.size());
          passages.putIfAbsent(text, new Paragraph(id, 0, "", text));
        }
      }
      CorpusId corpus = corpora.of(collection.getKey(), List.copyOf(passages.values()), List.of());
      for (JsonNode turn : collection.getValue()) {
        judge(turnCase(turn), corpus, corpora, signs);
      }
      corpora.delete(corpus);
    }
  }

  private static GateQuestion turnCase(JsonNode turn) {
    List<Turn> said = new ArrayList<>();
    for (JsonNode one : turn.path("turns")) {
      boolean user = one.path("speaker").asText().equals("user");
      said.add(new Turn(user ? Turn.Role.USER : Turn.Role.ASSISTANT, one.path("text").asText()));
    }
    String answerability = turn.path("answerability").asText();
    String conversation = turn.path("id").asText().split("<", 2)[0];
    return new GateQuestion(
        "turn " + answerability.toLowerCase(Locale.ROOT),
        "conversation " + conversation,
        answerability.equals("ANSWERABLE"),
        said.removeLast().text(),
        List.copyOf(said));
  }

  private void folder(Path of, Path questions, AnswerCorpora corpora, GateSigns signs)
      throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(of)) {
      files = all.filter(path -> path.toString().endsWith(".md")).sorted().toList();
    }
    CorpusId corpus = corpora.folder("folder", of, files);
    for (String line : Files.readAllLines(questions)) {
      String[] parts = line.split("\t", 2);
      GateQuestion one =
          new GateQuestion("folder " + parts[0], line, parts[0].equals("own"), parts[1], List.of());
      judge(one, corpus, corpora, signs);
    }
    corpora.delete(corpus);
  }

  private void judge(GateQuestion one, CorpusId corpus, AnswerCorpora corpora, GateSigns signs) {
    RetrievalSpec spec = one.said().isEmpty() ? SPEC : corpora.after(one.said(), SPEC);
    Grounds found =
        corpora.retriever().retrieve(corpus, one.text(), spec, Call.UNLIMITED).grounds();
    Double relevance = Gate.relevance(found);
    synchronized (relevances) {
      relevances
          .computeIfAbsent(one.kind(), any -> new ArrayList<>())
          .add(relevance == null ? 0 : relevance);
    }
    signs.add(
        one.kind(),
        one.text(),
        one.group(),
        one.answered(),
        found == null ? null : found.likeness());
  }

  private void print() {
    System.out.println(
        "| kind | questions | refused | sure | AUROC, own against it |\n|---|---|---|---|---|");
    relevances.forEach(
        (kind, found) -> {
          double[] values = values(found);
          double[] mine = values(relevances.getOrDefault(ownOf(kind), List.of()));
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | %.1f %% | %.1f %% | %.3f |%n",
              kind,
              values.length,
              100 * share(found, value -> value < Gate.THRESHOLD),
              100 * share(found, value -> value >= Gate.SURE),
              Auroc.of(mine, values));
        });
  }

  /** The kind of questions to the same corpus that it answers. */
  static String ownOf(String kind) {
    return kind.startsWith("turn ")
        ? "turn answerable"
        : kind.startsWith("folder ") ? "folder own" : "own";
  }

  private static double[] values(List<Double> of) {
    return of.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double share(List<Double> of, DoublePredicate which) {
    return of.stream().mapToDouble(Double::doubleValue).filter(which).count() / (double) of.size();
  }
}
