package dev.ragline.client.cli;

import dev.ragline.v1.Chunking;
import dev.ragline.v1.FixedChunking;
import dev.ragline.v1.SeparatorChunking;
import dev.ragline.v1.StructureChunking;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How documents are cut into chunks. */
final class ChunkingOptions {
  private static final String DEFAULT_SEPARATOR = "# ";

  enum Strategy {
    STRUCTURE,
    FIXED,
    SEPARATOR
  }

  @Option(
      names = "--chunking",
      paramLabel = "HOW",
      description =
          "structure (along headings and paragraphs), fixed (equal pieces) or separator (at every"
              + " --separator); structure where not given.")
  private @Nullable Strategy strategy;

  @Option(
      names = "--separator",
      paramLabel = "TEXT",
      description = "Where --chunking separator cuts; '# ' where not given.")
  private @Nullable String separator;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The most tokens of a chunk; what the embedding model reads where not given.")
  private int maxTokens;

  @Option(
      names = "--overlap",
      paramLabel = "N",
      description = "Tokens that a chunk of --chunking fixed repeats of the one before.")
  private int overlap;

  void check() {
    if (separator != null && (strategy != Strategy.SEPARATOR || separator.isEmpty())) {
      throw CommandException.usage("--separator takes a text and goes with --chunking separator");
    }
    if (maxTokens != 0 && strategy == Strategy.SEPARATOR) {
      throw CommandException.usage("--max-tokens does not go with --chunking separator");
    }
    if (overlap != 0 && strategy != Strategy.FIXED) {
      throw CommandException.usage("--overlap goes with --chunking fixed");
    }
    if (maxTokens < 0 || overlap < 0) {
      throw CommandException.usage("--max-tokens and --overlap are not negative");
    }
  }

  /** What was asked for; null where nothing was. */
  @Nullable Chunking asked() {
    if (strategy == null && maxTokens == 0) {
      return null;
    }
    Chunking.Builder chunking = Chunking.newBuilder();
    switch (strategy == null ? Strategy.STRUCTURE : strategy) {
      case STRUCTURE ->
          chunking.setStructure(StructureChunking.newBuilder().setMaxTokens(maxTokens));
      case FIXED ->
          chunking.setFixed(
              FixedChunking.newBuilder().setMaxTokens(maxTokens).setOverlapTokens(overlap));
      case SEPARATOR ->
          chunking.setSeparator(
              SeparatorChunking.newBuilder()
                  .setSeparator(separator == null ? DEFAULT_SEPARATOR : separator));
    }
    return chunking.build();
  }

  /** Whether two ways of chunking are one; unset means structure. */
  static boolean same(Chunking one, Chunking other) {
    return normal(one).equals(normal(other));
  }

  static String describe(Chunking chunking) {
    Chunking normal = normal(chunking);
    return switch (normal.getStrategyCase()) {
      case FIXED ->
          "fixed"
              + tokens(normal.getFixed().getMaxTokens())
              + (normal.getFixed().getOverlapTokens() == 0
                  ? ""
                  : ", overlap " + normal.getFixed().getOverlapTokens());
      case SEPARATOR ->
          "separator '"
              + Text.printable(normal.getSeparator().getSeparator()).replace("\n", "\\n")
              + "'";
      default -> "structure" + tokens(normal.getStructure().getMaxTokens());
    };
  }

  private static String tokens(int max) {
    return max == 0 ? "" : " of " + max + " tokens";
  }

  private static Chunking normal(Chunking chunking) {
    return chunking.getStrategyCase() == Chunking.StrategyCase.STRATEGY_NOT_SET
        ? Chunking.newBuilder().setStructure(StructureChunking.getDefaultInstance()).build()
        : chunking;
  }
}
