package dev.ragline.client.cli;

import dev.ragline.v1.GenerationSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long answers may be; apart, as the same name means something else where chunks are cut. */
final class MaxTokensOption {
  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The most tokens of an answer, a model's thoughts included.")
  private @Nullable Integer maxTokens;

  void check() {
    if (maxTokens != null && maxTokens < 1) {
      throw CommandException.usage("--max-tokens is at least 1, not " + maxTokens);
    }
  }

  /** The same with this limit, if one was asked for. */
  GenerationSpec on(GenerationSpec spec) {
    return maxTokens == null ? spec : spec.toBuilder().setMaxTokens(maxTokens).build();
  }
}
