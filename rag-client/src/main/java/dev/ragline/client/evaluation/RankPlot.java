package dev.ragline.client.evaluation;

import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.EvaluationQuestion;
import java.util.List;

/** At which ranks the first right passages stand: the share of questions at each. */
final class RankPlot {
  private static final int RANKS = 10;
  private static final int HEIGHT = 260;
  private static final int BASE = 225;
  private static final int TALL = 200;
  private static final int LEFT = 40;
  private static final int GAP = 16;

  private RankPlot() {}

  static String of(List<EvaluationQuestion> questions, List<ConfigurationResult> results) {
    int bar = Math.max(6, 40 / results.size());
    int group = results.size() * bar + GAP;
    int width = LEFT + (RANKS + 2) * group + GAP;
    StringBuilder content = new StringBuilder();
    for (int tenths = 0; tenths <= 10; tenths += 2) {
      double y = BASE - TALL * tenths / 10.0;
      content.append(Markup.line(LEFT, y, width, y, "grid"));
      content.append(Markup.text(LEFT - 6, y + 4, "end", tenths * 10 + " %"));
    }
    for (int column = 0; column < RANKS + 2; column++) {
      double left = LEFT + GAP / 2.0 + column * group;
      String name = name(column);
      content.append(Markup.text(left + (group - GAP) / 2.0, BASE + 18, "middle", name));
      for (int j = 0; j < results.size(); j++) {
        double share = shares(questions, results.get(j))[column];
        content.append(
            Markup.rectangle(
                left + j * bar,
                BASE - TALL * share,
                bar - 1,
                TALL * share,
                Markup.colour(j),
                "%s, rank %s: %s %%"
                    .formatted(results.get(j).getLabel(), name, Markup.number(share * 100, 1))));
      }
    }
    return Markup.svg("Ranks of the first right passage", width, HEIGHT, content.toString());
  }

  private static String name(int column) {
    return column < RANKS ? Integer.toString(column + 1) : column == RANKS ? ">10" : "none";
  }

  /** Of the ranks 1 to 10, those beyond, and none, over the questions that expect a passage. */
  private static double[] shares(List<EvaluationQuestion> questions, ConfigurationResult result) {
    double[] shares = new double[RANKS + 2];
    int asked = 0;
    for (int i = 0; i < questions.size(); i++) {
      if (questions.get(i).getExpectedCount() > 0) {
        int rank = result.getOutcomes(i).getRank();
        shares[rank == 0 ? RANKS + 1 : Math.min(rank - 1, RANKS)]++;
        asked++;
      }
    }
    for (int column = 0; column < shares.length; column++) {
      shares[column] /= Math.max(1, asked);
    }
    return shares;
  }
}
