package dev.ragline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Fits the gate's weights to what {@link GateBenchmark} wrote: a logistic regression of the
 * likeliest passage of each question, which is chosen anew by the weights of the round before. What
 * it reaches is told by cross-validation: the questions of a group, an article or a conversation,
 * are judged by weights that were fitted without it.
 */
@Command(
    name = "rag-bench/run gate-fit",
    description = "Fits the gate's weights to signs that rag-bench/run gate --signs wrote.",
    mixinStandardHelpOptions = true)
public final class GateFit implements Callable<Integer> {
  /** In the order of {@code RelevanceWeights}. */
  private static final List<String> SIGNS =
      List.of(
          "nearness",
          "phrases",
          "sentenceWords",
          "passageWords",
          "rareWords",
          "pieces",
          "absent",
          "names",
          "numbers",
          "opposites",
          "negation");

  /** What a question is like as long as nothing is known. */
  private static final double[] FIRST = {10, 10, 2, 4, 1, 2, -1, -1, -1, -1, 0};

  private static final int ROUNDS = 6;
  private static final int STEPS = 30;
  private static final int HALVINGS = 20;

  /** Of ten times as many chunks: what is alike by chance. Set and not fitted, see RATIONALE.md. */
  private static final double SIZE = -0.3;

  /** Questions on the topic are many and hard: they are to be ranked, and seldom refused. */
  private static final Map<String, Double> IMPORTANCE = Map.of("impossible", 0.5, "left out", 0.5);

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Signs.")
  private List<Path> files = List.of();

  @Option(names = "--folds", defaultValue = "5", description = "Of the cross-validation (5).")
  private int folds;

  @Option(
      names = "--refused",
      defaultValue = "0.035",
      description = "The share of own questions that the constant lets be refused (0.035).")
  private double refused;

  @Option(names = "--ridge", defaultValue = "0.5", description = "Holds weights down (0.5).")
  private double ridge;

  /**
   * A question.
   *
   * @param passages signs of each passage, and the size's share last
   */
  private record FittedQuestion(String kind, int fold, boolean answered, List<double[]> passages) {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new GateFit()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<FittedQuestion> cases = new ArrayList<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file)) {
        JsonNode one = JsonMapper.builder().build().readTree(line);
        if (!one.path("likeness").isNull() && !one.path("corpus").asText().equals("polite")) {
          cases.add(read(one));
        }
      }
    }
    double[] weights = fit(cases);
    double[] all = cases.stream().mapToDouble(one -> best(one, weights)).toArray();
    weights[0] -= shift(cases, all);
    System.out.printf(Locale.ROOT, "constant %.2f%n", weights[0]);
    for (int i = 0; i < SIGNS.size(); i++) {
      System.out.printf(Locale.ROOT, "%s %.2f%n", SIGNS.get(i), weights[i + 1]);
    }
    validate(cases);
    return 0;
  }

  private FittedQuestion read(JsonNode one) {
    JsonNode likeness = one.path("likeness");
    double size = SIZE * Math.log10(Math.max(1, likeness.path("chunks").asDouble()));
    List<double[]> passages = new ArrayList<>();
    for (JsonNode passage : likeness.path("passages")) {
      JsonNode lack = passage.path("lack");
      passages.add(
          new double[] {
            passage.path("nearness").asDouble(),
            passage.path("phrases").asDouble(),
            passage.path("sentenceWords").asDouble(),
            passage.path("passageWords").asDouble(),
            passage.path("rareWords").asDouble(),
            passage.path("pieces").asDouble(),
            likeness.path("absent").asDouble(),
            Math.min(2, lack.path("names").asInt()),
            Math.min(1, lack.path("numbers").asInt()),
            Math.min(1, lack.path("opposites").asInt()),
            lack.path("negation").asBoolean() ? 1 : 0,
            size
          });
    }
    int fold = Math.floorMod(one.path("group").asText().hashCode(), folds);
    return new FittedQuestion(
        one.path("corpus").asText(), fold, one.path("answered").asBoolean(), passages);
  }

  /** The logit of the likeliest passage. */
  private static double best(FittedQuestion one, double[] weights) {
    return one.passages().stream().mapToDouble(signs -> logit(signs, weights)).max().orElseThrow();
  }

  private static double logit(double[] signs, double[] weights) {
    double sum = weights[0] + signs[SIGNS.size()];
    for (int i = 0; i < SIGNS.size(); i++) {
      sum += weights[i + 1] * signs[i];
    }
    return sum;
  }

  /** What is taken from the constant so that the wanted share of own questions is refused. */
  private double shift(List<FittedQuestion> cases, double[] logits) {
    double[] own =
        IntStream.range(0, logits.length)
            .filter(i -> cases.get(i).kind().equals("own"))
            .mapToDouble(i -> logits[i])
            .sorted()
            .toArray();
    return own[(int) (refused * own.length)];
  }

  private double[] fit(List<FittedQuestion> cases) {
    double[] weights = new double[SIGNS.size() + 1];
    System.arraycopy(FIRST, 0, weights, 1, FIRST.length);
    for (int round = 0; round < ROUNDS; round++) {
      double[] now = weights;
      List<double[]> rows =
          cases.stream()
              .map(
                  one ->
                      one.passages().stream()
                          .max((a, b) -> Double.compare(logit(a, now), logit(b, now)))
                          .orElseThrow())
              .toList();
      weights = regression(cases, rows, weights);
    }
    return weights;
  }

  /**
   * Newton's method. A step that makes the fit worse is halved: far from the best weights, a whole
   * one may lead away from them for good.
   */
  private double[] regression(List<FittedQuestion> cases, List<double[]> rows, double[] start) {
    int size = start.length;
    double[] weights = start.clone();
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[size];
      double[][] curvature = new double[size][size];
      for (int i = 1; i < size; i++) {
        gradient[i] = ridge * weights[i];
        curvature[i][i] = ridge;
      }
      for (int n = 0; n < rows.size(); n++) {
        add(cases.get(n), rows.get(n), weights, gradient, curvature);
      }
      double[] change = Equations.solve(curvature, gradient);
      double before = loss(cases, rows, weights);
      double[] next = minus(weights, change);
      for (int halved = 0; halved < HALVINGS && loss(cases, rows, next) > before; halved++) {
        change = Arrays.stream(change).map(it -> it / 2).toArray();
        next = minus(weights, change);
      }
      weights = next;
      if (Arrays.stream(change).allMatch(c -> Math.abs(c) < 1e-6)) {
        break;
      }
    }
    return weights;
  }

  private static double[] minus(double[] weights, double[] change) {
    return IntStream.range(0, weights.length).mapToDouble(i -> weights[i] - change[i]).toArray();
  }

  /** What the regression makes as small as it can. */
  private double loss(List<FittedQuestion> cases, List<double[]> rows, double[] weights) {
    double loss = 0;
    for (int i = 1; i < weights.length; i++) {
      loss += ridge / 2 * weights[i] * weights[i];
    }
    for (int n = 0; n < rows.size(); n++) {
      double logit = logit(rows.get(n), weights);
      double wrong = cases.get(n).answered() ? -logit : logit;
      double importance = IMPORTANCE.getOrDefault(cases.get(n).kind(), 1.0);
      loss += importance * (Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong))));
    }
    return loss;
  }

  private static void add(
      FittedQuestion one,
      double[] signs,
      double[] weights,
      double[] gradient,
      double[][] curvature) {
    double likely = 1 / (1 + Math.exp(-logit(signs, weights)));
    double importance = IMPORTANCE.getOrDefault(one.kind(), 1.0);
    double error = importance * (likely - (one.answered() ? 1 : 0));
    double slope = importance * Math.max(1e-9, likely * (1 - likely));
    for (int i = 0; i < weights.length; i++) {
      double sign = i == 0 ? 1 : signs[i - 1];
      gradient[i] += error * sign;
      for (int j = 0; j < weights.length; j++) {
        curvature[i][j] += slope * sign * (j == 0 ? 1 : signs[j - 1]);
      }
    }
  }

  private void validate(List<FittedQuestion> cases) {
    double[] logits = new double[cases.size()];
    for (int fold = 0; fold < folds; fold++) {
      int left = fold;
      List<FittedQuestion> others = cases.stream().filter(one -> one.fold() != left).toList();
      double[] weights = fit(others);
      double[] theirs = others.stream().mapToDouble(one -> best(one, weights)).toArray();
      weights[0] -= shift(others, theirs);
      for (int i = 0; i < logits.length; i++) {
        logits[i] = cases.get(i).fold() == left ? best(cases.get(i), weights) : logits[i];
      }
    }
    Map<String, List<Double>> kinds = new TreeMap<>();
    for (int i = 0; i < logits.length; i++) {
      kinds.computeIfAbsent(cases.get(i).kind(), any -> new ArrayList<>()).add(logits[i]);
    }
    System.out.println(
        "\n| kind | questions | refused | AUROC, own against it |\n|---|---|---|---|");
    kinds.forEach(
        (kind, found) -> {
          String own = GateBenchmark.ownOf(kind);
          double[] mine = values(kinds.getOrDefault(own, List.of()));
          double share = share(found, logit -> logit < 0);
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | %.1f %% | %.3f |%n",
              kind,
              found.size(),
              100 * share,
              Auroc.of(mine, values(found)));
        });
  }

  private static double[] values(List<Double> of) {
    return of.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double share(List<Double> of, DoublePredicate which) {
    return of.stream().mapToDouble(Double::doubleValue).filter(which).count() / (double) of.size();
  }
}
