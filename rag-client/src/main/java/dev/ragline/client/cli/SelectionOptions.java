package dev.ragline.client.cli;

import dev.ragline.v1.Expansion;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the passages found are given, and with how much around them. */
final class SelectionOptions {
  private static final int MAX_PER_DOCUMENT = 100;
  private static final int MAX_NEIGHBORS = 50;
  private static final int MAX_TOKENS = 32_768;

  @Option(
      names = "--min-score",
      paramLabel = "SCORE",
      description = "Leave out passages whose fused score is lower.")
  private @Nullable Double minScore;

  @Option(
      names = "--mmr",
      paramLabel = "LAMBDA",
      description =
          "Prefer passages that are unlike those before: 1 looks at the score alone, 0 at"
              + " unlikeness alone; 0.7 is a good start.")
  private @Nullable Double mmr;

  @Option(
      names = "--max-per-document",
      paramLabel = "N",
      description = "At most so many passages of one document.")
  private @Nullable Integer maxPerDocument;

  @Option(
      names = "--collapse",
      description = "Of passages that say nearly the same in the same words, give the best alone.")
  private boolean collapse;

  @Option(
      names = "--neighbors",
      paramLabel = "N",
      description = "Give each passage with N chunks before and after it.")
  private @Nullable Integer neighbors;

  @Option(
      names = "--section",
      description =
          "Give each passage with its section. Answers do that with up to 512 tokens where nothing"
              + " is said; --section=false leaves it.")
  private @Nullable Boolean section;

  @Option(
      names = "--expand-tokens",
      paramLabel = "N",
      description = "The most tokens of a passage with its neighbours or section; 2048 by default.")
  private @Nullable Integer tokens;

  void check() {
    if (minScore != null && !Double.isFinite(minScore)) {
      throw CommandException.usage("--min-score is a number, not " + minScore);
    }
    if (mmr != null && !(mmr >= 0 && mmr <= 1)) {
      throw CommandException.usage("--mmr is 0 to 1, not " + mmr);
    }
    checkRange("--max-per-document", maxPerDocument, 1, MAX_PER_DOCUMENT);
    checkRange("--neighbors", neighbors, 0, MAX_NEIGHBORS);
    checkRange("--expand-tokens", tokens, 1, MAX_TOKENS);
    if (tokens != null && neighbors == null && section == null) {
      throw CommandException.usage("--expand-tokens goes with --neighbors or --section");
    }
  }

  private static void checkRange(String option, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw CommandException.usage("%s is %d to %d, not %d".formatted(option, least, most, value));
    }
  }

  void addTo(RetrievalSpec.Builder spec) {
    if (minScore != null || mmr != null || maxPerDocument != null || collapse) {
      spec.setSelection(selection());
    }
    if (neighbors != null || section != null) {
      spec.setExpansion(
          Expansion.newBuilder()
              .setNeighbors(neighbors == null ? 0 : neighbors)
              .setSection(section != null && section)
              .setMaxTokens(tokens == null ? 0 : tokens));
    }
  }

  private Selection selection() {
    Selection.Builder selection = Selection.newBuilder().setCollapse(collapse);
    if (minScore != null) {
      selection.setMinScore(minScore);
    }
    if (mmr != null) {
      selection.setMmrLambda(mmr);
    }
    if (maxPerDocument != null) {
      selection.setMaxPerDocument(maxPerDocument);
    }
    return selection.build();
  }
}
