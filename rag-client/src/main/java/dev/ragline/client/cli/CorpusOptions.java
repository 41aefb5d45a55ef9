package dev.ragline.client.cli;

import dev.ragline.v1.Chunking;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.GenerationSpec;
import dev.ragline.v1.Metric;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The settings of a corpus, which are fixed when it is created, but for more metadata, how answers
 * are written and the threshold.
 */
final class CorpusOptions {
  private static final String METRIC = "METRIC_";

  /** How the closeness of two vectors is measured. */
  enum Measure {
    IP,
    COSINE,
    L2
  }

  @Mixin private final ChunkingOptions chunking = new ChunkingOptions();

  @Option(
      names = "--metric",
      paramLabel = "HOW",
      description =
          "How close two vectors are: ip (inner product), cosine or l2 (distance); ip where not"
              + " given.")
  private @Nullable Measure metric;

  @Option(
      names = "--consistency",
      paramLabel = "LEVEL",
      description =
          "What questions see in a store of many machines: strong, session, bounded or eventual;"
              + " session where not given.")
  private @Nullable Level consistency;

  @Option(
      names = "--metadata-schema",
      paramLabel = "NAME:TYPE",
      split = ",",
      description =
          "Metadata that documents may have, as team:string,year:int; the types are string, int,"
              + " double, bool, timestamp and string-list. A corpus that is there gets what it"
              + " lacks.")
  private List<String> metadata = List.of();

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description =
          "What the documents are in, such as en or de; auto, to find it out of each document,"
              + " where not given.")
  private @Nullable String language;

  @Mixin private final GenerationOptions generation = new GenerationOptions();

  @Mixin private final ThresholdOption threshold = new ThresholdOption();

  void check() {
    chunking.check();
    generation.check();
    threshold.check();
    metadata.forEach(MetadataFields::parse);
  }

  /** The settings asked for; the others are unset. */
  Corpus asked() {
    Corpus.Builder settings = Corpus.newBuilder();
    Chunking cut = chunking.asked();
    if (cut != null) {
      settings.setChunking(cut);
    }
    if (metric != null) {
      settings.setMetric(Metric.valueOf(METRIC + metric.name()));
    }
    if (consistency != null) {
      settings.setConsistency(consistency.wire());
    }
    metadata.forEach(field -> settings.addMetadataSchema(MetadataFields.parse(field)));
    if (language != null) {
      settings.setLanguage(language);
    }
    GenerationSpec answers = generation.spec();
    if (!answers.equals(GenerationSpec.getDefaultInstance())) {
      settings.setGeneration(answers);
    }
    if (threshold.given()) {
      settings.setGrounding(threshold.settings());
    }
    return settings.build();
  }

  /** Refuses a corpus that is there and is not as asked for. */
  static void requireSame(Corpus there, Corpus asked, String id) {
    if (asked.hasChunking() && !ChunkingOptions.same(there.getChunking(), asked.getChunking())) {
      throw mismatch(
          "corpus %s is cut by %s, not by %s; --recreate builds it anew (CHUNKING_MISMATCH)",
          id,
          ChunkingOptions.describe(there.getChunking()),
          ChunkingOptions.describe(asked.getChunking()));
    }
    if (asked.getMetric() != Metric.METRIC_UNSPECIFIED && asked.getMetric() != there.getMetric()) {
      throw mismatch(
          "corpus %s measures by %s, not by %s; --recreate builds it anew (METRIC_MISMATCH)",
          id, describe(there.getMetric()), describe(asked.getMetric()));
    }
    if (asked.getConsistency() != Consistency.CONSISTENCY_UNSPECIFIED
        && asked.getConsistency() != there.getConsistency()) {
      throw mismatch(
          "the consistency of corpus %s is %s, not %s; --recreate builds it anew"
              + " (CONSISTENCY_MISMATCH)",
          id, Level.describe(there.getConsistency()), Level.describe(asked.getConsistency()));
    }
    if (!asked.getLanguage().isEmpty() && !sameLanguage(there.getLanguage(), asked.getLanguage())) {
      throw mismatch(
          "the language of corpus %s is %s, not %s; --recreate builds it anew (LANGUAGE_MISMATCH)",
          id, there.getLanguage(), asked.getLanguage());
    }
  }

  /** A server passes over what a tag says beyond the language. */
  private static boolean sameLanguage(String there, String asked) {
    return there.equalsIgnoreCase(asked.split("[-_]", 2)[0]);
  }

  private static CommandException mismatch(String message, String id, String is, String asked) {
    return CommandException.failed(message.formatted(id, is, asked));
  }

  /** As it is written on the command line. */
  static String describe(Metric metric) {
    return metric.name().replace(METRIC, "").toLowerCase(Locale.ROOT);
  }
}
