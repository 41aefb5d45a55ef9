package dev.ragline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GateFitTest {
  private static final long SEED = 4;

  @TempDir Path folder;

  /** The signs overlap, so that the weights are small, far from those that the fit begins with. */
  @Test
  void fit_weakSigns_endsAtSmallWeights() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      boolean answered = i % 2 == 0;
      double shift = answered ? 0.4 : 0;
      lines.add(
          String.format(
              Locale.ROOT,
              """
              {"corpus": "%s", "group": "article %d", "answered": %b, "likeness": {"absent": 0, \
              "chunks": 100, "passages": [{"nearness": %f, "phrases": 0, "sentenceWords": %f, \
              "passageWords": %f, "rareWords": 0, "pieces": 0, "lack": {"names": 0, "numbers": 0, \
              "opposites": 0, "negation": false}}]}}\
              """,
              answered ? "own" : "foreign",
              i % 25,
              answered,
              random.nextDouble() + shift,
              random.nextDouble() + shift,
              random.nextDouble() + shift));
    }
    Path signs = Files.write(folder.resolve("signs.jsonl"), lines);

    String printed = fit(signs);

    assertThat(weight(printed, "nearness")).isBetween(1.0, 8.0);
    assertThat(weight(printed, "sentenceWords")).isBetween(1.0, 8.0);
    assertThat(printed).containsPattern("\\| foreign \\| 300 \\| [0-9.]+ % \\| 0\\.[89]");
  }

  private static double weight(String printed, String sign) {
    return printed
        .lines()
        .filter(line -> line.startsWith(sign + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sign.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String fit(Path signs) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(new CommandLine(new GateFit()).execute(signs.toString())).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
