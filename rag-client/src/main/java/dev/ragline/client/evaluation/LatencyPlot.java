package dev.ragline.client.evaluation;

import com.google.protobuf.util.Durations;
import dev.ragline.v1.ConfigurationResult;
import java.util.ArrayList;
import java.util.List;

/** How long retrieving took: for each share of the questions, the time that they did not exceed. */
final class LatencyPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 260;
  private static final int LEFT = 60;
  private static final int BASE = 225;
  private static final int TALL = 200;
  private static final int WIDE = 560;
  private static final int LINES = 5;
  private static final int POINTS = 200;
  private static final double NANOS_PER_MILLI = 1e6;

  private LatencyPlot() {}

  static String of(List<ConfigurationResult> results) {
    List<double[]> sorted = new ArrayList<>();
    double longest = 0;
    for (ConfigurationResult result : results) {
      double[] millis =
          result.getOutcomesList().stream()
              .mapToDouble(o -> Durations.toNanos(o.getElapsed()) / NANOS_PER_MILLI)
              .sorted()
              .toArray();
      sorted.add(millis);
      // Beyond 99 % a single slow question would flatten all the rest.
      longest = Math.max(longest, at(millis, 0.99));
    }
    StringBuilder content = new StringBuilder();
    for (int i = 0; i <= LINES; i++) {
      double y = BASE - TALL * i / (double) LINES;
      content.append(Markup.line(LEFT, y, LEFT + WIDE, y, "grid"));
      content.append(
          Markup.text(LEFT - 6, y + 4, "end", Markup.number(longest * i / LINES, 1) + " ms"));
    }
    for (int percent = 0; percent <= 100; percent += 10) {
      content.append(
          Markup.text(LEFT + WIDE * percent / 100.0, BASE + 18, "middle", percent + " %"));
    }
    for (int j = 0; j < results.size(); j++) {
      content.append(curve(sorted.get(j), longest, Markup.colour(j), results.get(j).getLabel()));
    }
    return Markup.svg(
        "Time of retrieving by share of questions", WIDTH, HEIGHT, content.toString());
  }

  private static String curve(double[] millis, double longest, String colour, String label) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i <= POINTS; i++) {
      double share = i / (double) POINTS;
      double height = longest == 0 ? 0 : Math.min(1, at(millis, share) / longest);
      points
          .append(Markup.number(LEFT + WIDE * share, 1))
          .append(',')
          .append(Markup.number(BASE - TALL * height, 1))
          .append(' ');
    }
    return """
    <polyline points="%s" fill="none" stroke="%s" stroke-width="2"><title>%s</title></polyline>
    """
        .formatted(points.toString().strip(), colour, Markup.escape(label));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
  }
}
