package dev.ragline.server.grpc;

import com.google.protobuf.FieldMask;
import dev.ragline.corpus.CorpusChange;
import dev.ragline.document.RagException;
import dev.ragline.v1.Chunking.StrategyCase;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Metric;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What an update changes about a corpus (AIP-134): the fields that its mask names, all that can be
 * changed where that is {@code *}, and those that are set where there is none.
 *
 * @param fields those to change
 * @param whole whether the corpus was given as a whole, so that what is fixed about it may be said
 *     as well, but not otherwise than it is (AIP-203)
 */
record CorpusUpdate(Corpus wanted, Set<String> fields, boolean whole) {
  private static final String DISPLAY_NAME = "display_name";
  private static final String METADATA_SCHEMA = "metadata_schema";
  private static final String GENERATION = "generation";
  private static final String GROUNDING = "grounding";
  private static final Set<String> CHANGEABLE =
      Set.of(DISPLAY_NAME, METADATA_SCHEMA, GENERATION, GROUNDING);
  private static final String ALL = "*";

  /**
   * Reads a request.
   *
   * @throws RagException INVALID_ARGUMENT for a mask that names what cannot be changed
   */
  static CorpusUpdate of(Corpus wanted, FieldMask mask) {
    Set<String> paths = new HashSet<>(mask.getPathsList());
    boolean all = paths.remove(ALL);
    if (!CHANGEABLE.containsAll(paths)) {
      throw RagException.invalid(
          "update_mask",
          "only display_name, metadata_schema, generation and grounding can be changed");
    }
    if (all) {
      return new CorpusUpdate(wanted, CHANGEABLE, true);
    }
    return paths.isEmpty()
        ? new CorpusUpdate(wanted, set(wanted), true)
        : new CorpusUpdate(wanted, paths, false);
  }

  private static Set<String> set(Corpus wanted) {
    Set<String> set = new HashSet<>();
    wanted.getAllFields().keySet().forEach(field -> set.add(field.getName()));
    set.retainAll(CHANGEABLE);
    return set;
  }

  CorpusChange change() {
    return new CorpusChange(
        fields.contains(DISPLAY_NAME) ? wanted.getDisplayName() : null,
        fields.contains(METADATA_SCHEMA)
            ? MetadataMapping.fromProto(wanted.getMetadataSchemaList())
            : null,
        fields.contains(GENERATION) ? GenerationMapping.fromProto(wanted.getGeneration()) : null,
        fields.contains(GROUNDING) ? CorpusMapping.fromProto(wanted.getGrounding()) : null);
  }

  /** Whether it says something of what never changes. */
  boolean saysWhatIsFixed() {
    return whole && (saysMetric() || saysChunking() || saysConsistency() || saysLanguage());
  }

  private boolean saysMetric() {
    return wanted.getMetric() != Metric.METRIC_UNSPECIFIED;
  }

  private boolean saysChunking() {
    return wanted.getChunking().getStrategyCase() != StrategyCase.STRATEGY_NOT_SET;
  }

  private boolean saysConsistency() {
    return wanted.getConsistency() != Consistency.CONSISTENCY_UNSPECIFIED;
  }

  private boolean saysLanguage() {
    return !wanted.getLanguage().isEmpty();
  }

  /**
   * Refuses to take no notice of a change that cannot be made.
   *
   * @throws RagException INVALID_ARGUMENT for a field that is another
   */
  void requireAlike(dev.ragline.document.Corpus there) {
    require(
        !saysMetric() || CorpusMapping.fromProto(wanted.getMetric()) == there.metric(), "metric");
    require(
        !saysChunking() || CorpusMapping.fromProto(wanted.getChunking()).equals(there.chunking()),
        "chunking");
    require(
        !saysConsistency()
            || CorpusMapping.fromProto(wanted.getConsistency()) == there.consistency(),
        "consistency");
    require(
        !saysLanguage()
            || Objects.equals(CorpusMapping.language(wanted.getLanguage()), there.language()),
        "language");
  }

  private static void require(boolean alike, String field) {
    if (!alike) {
      throw RagException.invalid(field, "cannot be changed once the corpus is there");
    }
  }
}
