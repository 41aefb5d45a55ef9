package dev.ragline.client.cli;

import dev.ragline.client.evaluation.Figure;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.EvaluateResponse;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one line of JSON: the first configuration's main figures, then all there is. */
final class EvalJson {
  private static final Map<String, Figure> MAIN = new LinkedHashMap<>();

  static {
    MAIN.put("hitAt1", Figure.HIT_AT_1);
    MAIN.put("hitAt3", Figure.HIT_AT_3);
    MAIN.put("hitAt5", Figure.HIT_AT_5);
    MAIN.put("mrr", Figure.MRR);
    MAIN.put("ndcgAt10", Figure.NDCG_AT_10);
  }

  private EvalJson() {}

  static void print(PrintStream out, EvaluateResponse report) {
    ConfigurationResult first = report.getConfigurations(0);
    String main =
        MAIN.entrySet().stream()
            .map(one -> "\"%s\":%s".formatted(one.getKey(), value(one.getValue(), first)))
            .collect(Collectors.joining(","));
    // The rest is the message itself, as every command prints messages.
    out.print("{" + main + "," + Json.withZeros(report).substring(1) + "\n");
    out.flush();
  }

  private static String value(Figure figure, ConfigurationResult result) {
    return figure.in(result.getMetrics()).map(e -> Double.toString(e.getValue())).orElse("null");
  }
}
