package dev.ragline.client.cli;

import dev.ragline.v1.GroundingSettings;
import dev.ragline.v1.GroundingSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From which relevance on questions are answered. */
final class ThresholdOption {
  @Option(
      names = "--threshold",
      paramLabel = "RELEVANCE",
      description =
          "The least relevance, 0 to 1, that passages must have to be answered from; 0 answers from"
              + " whatever was found.")
  private @Nullable Double threshold;

  void check() {
    if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
      throw CommandException.usage("--threshold is 0 to 1, not " + threshold);
    }
  }

  boolean given() {
    return threshold != null;
  }

  /** For a corpus. */
  GroundingSettings settings() {
    GroundingSettings.Builder settings = GroundingSettings.newBuilder();
    return threshold == null ? settings.build() : settings.setThreshold(threshold).build();
  }

  /** For a question. */
  GroundingSpec spec() {
    GroundingSpec.Builder spec = GroundingSpec.newBuilder();
    return threshold == null ? spec.build() : spec.setThreshold(threshold).build();
  }
}
