package dev.ragline.client.evaluation;

import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.Estimate;
import java.util.List;
import java.util.Optional;

/** Every figure of every configuration as a bar from 0 to 1, with its interval. */
final class BarPlot {
  private static final int HEIGHT = 260;
  private static final int BASE = 225;
  private static final int TALL = 200;
  private static final int LEFT = 40;
  private static final int BAR = 16;
  private static final int GAP = 20;
  private static final double WHISKER = 4;

  private BarPlot() {}

  static String of(List<ConfigurationResult> results) {
    List<Figure> figures = Figure.of(results);
    int group = Math.max(results.size() * BAR, 48) + GAP;
    int width = LEFT + figures.size() * group + GAP;
    StringBuilder content = new StringBuilder();
    for (int tenths = 0; tenths <= 10; tenths += 2) {
      double y = height(tenths / 10.0);
      content.append(Markup.line(LEFT, y, width, y, "grid"));
      content.append(Markup.text(LEFT - 6, y + 4, "end", Markup.number(tenths / 10.0, 1)));
    }
    for (int i = 0; i < figures.size(); i++) {
      Figure figure = figures.get(i);
      double left = LEFT + GAP / 2.0 + i * group;
      content.append(Markup.text(left + (group - GAP) / 2.0, BASE + 18, "middle", figure.label()));
      double start = left + (group - GAP - results.size() * BAR) / 2.0;
      for (int j = 0; j < results.size(); j++) {
        ConfigurationResult result = results.get(j);
        Optional<Estimate> estimate = figure.in(result.getMetrics());
        if (estimate.isPresent()) {
          content.append(
              bar(start + j * BAR, estimate.get(), Markup.colour(j), figure, result.getLabel()));
        }
      }
    }
    return Markup.svg("Figures of each configuration", width, HEIGHT, content.toString());
  }

  private static String bar(
      double x, Estimate estimate, String colour, Figure figure, String label) {
    double top = height(estimate.getValue());
    double low = height(estimate.getLow());
    double high = height(estimate.getHigh());
    double middle = x + BAR / 2.0;
    String tip =
        "%s, %s: %s (%s to %s)"
            .formatted(
                label,
                figure.label(),
                Markup.number(estimate.getValue(), 3),
                Markup.number(estimate.getLow(), 3),
                Markup.number(estimate.getHigh(), 3));
    return Markup.rectangle(x + 1, top, BAR - 2, BASE - top, colour, tip)
        + Markup.line(middle, low, middle, high, "whisker")
        + Markup.line(middle - WHISKER, low, middle + WHISKER, low, "whisker")
        + Markup.line(middle - WHISKER, high, middle + WHISKER, high, "whisker");
  }

  private static double height(double value) {
    return BASE - Math.max(0, Math.min(1, value)) * TALL;
  }
}
