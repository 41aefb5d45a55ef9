package dev.ragline.server.grpc;

import com.google.protobuf.util.Timestamps;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.Language;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.StoredCorpus;
import dev.ragline.v1.Chunking;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.CorpusState;
import dev.ragline.v1.EmbeddingModel;
import dev.ragline.v1.FixedChunking;
import dev.ragline.v1.GroundingSettings;
import dev.ragline.v1.Metric;
import dev.ragline.v1.SeparatorChunking;
import dev.ragline.v1.StructureChunking;
import org.jspecify.annotations.Nullable;

/** Corpora between the wire and the core. */
final class CorpusMapping {
  /** Has the language found out of each document. */
  private static final String AUTO = "auto";

  private CorpusMapping() {}

  /** A corpus with what it holds, or why that cannot be told. */
  static Corpus toProto(StoredCorpus stored) {
    return switch (stored) {
      case StoredCorpus.Active(var corpus, var stats) ->
          described(corpus)
              .setState(CorpusState.CORPUS_STATE_ACTIVE)
              .setDocumentCount(stats.documents())
              .setChunkCount(stats.chunks())
              .build();
      case StoredCorpus.Broken(var id, var settings, var fault) ->
          (settings == null ? Corpus.newBuilder().setName(id.resourceName()) : described(settings))
              .setState(toProto(fault.kind()))
              .setStateReason(fault.description())
              .build();
    };
  }

  private static CorpusState toProto(CorpusFault.Kind kind) {
    return switch (kind) {
      case DAMAGED -> CorpusState.CORPUS_STATE_BROKEN;
      case OTHER_VERSION -> CorpusState.CORPUS_STATE_OTHER_VERSION;
    };
  }

  private static Corpus.Builder described(dev.ragline.document.Corpus corpus) {
    Corpus.Builder proto = settings(corpus);
    if (!corpus.generation().equals(GenerationSettings.NONE)) {
      proto.setGeneration(GenerationMapping.toProto(corpus.generation()));
    }
    Double threshold = corpus.grounding().threshold();
    if (threshold != null) {
      proto.setGrounding(GroundingSettings.newBuilder().setThreshold(threshold));
    }
    return proto;
  }

  private static Corpus.Builder settings(dev.ragline.document.Corpus corpus) {
    return Corpus.newBuilder()
        .setName(corpus.id().resourceName())
        .setDisplayName(corpus.displayName())
        .setEmbeddingModel(toProto(corpus.embeddingModel()))
        .setMetric(Metric.valueOf("METRIC_" + corpus.metric().name()))
        .setChunking(toProto(corpus.chunking()))
        .setConsistency(Consistency.valueOf("CONSISTENCY_" + corpus.consistency().name()))
        .setLanguage(corpus.language() == null ? AUTO : corpus.language().tag())
        .setCreateTime(Timestamps.fromMillis(corpus.createTime().toEpochMilli()))
        .setEtag(corpus.etag())
        .addAllMetadataSchema(MetadataMapping.toProto(corpus.metadataSchema()));
  }

  private static EmbeddingModel toProto(dev.ragline.document.EmbeddingModel model) {
    return EmbeddingModel.newBuilder()
        .setName(model.name())
        .setFingerprint(model.fingerprint())
        .setDimension(model.dimension())
        .setMaxTokens(model.maxTokens())
        .build();
  }

  private static Chunking toProto(dev.ragline.document.Chunking chunking) {
    Chunking.Builder proto = Chunking.newBuilder();
    return switch (chunking) {
      case dev.ragline.document.Chunking.Structure(int maxTokens) ->
          proto.setStructure(StructureChunking.newBuilder().setMaxTokens(maxTokens)).build();
      case dev.ragline.document.Chunking.Fixed(int maxTokens, int overlap) ->
          proto
              .setFixed(
                  FixedChunking.newBuilder().setMaxTokens(maxTokens).setOverlapTokens(overlap))
              .build();
      case dev.ragline.document.Chunking.Separator(String separator) ->
          proto.setSeparator(SeparatorChunking.newBuilder().setSeparator(separator)).build();
    };
  }

  static dev.ragline.document.Chunking fromProto(Chunking chunking) {
    return switch (chunking.getStrategyCase()) {
      case STRUCTURE ->
          new dev.ragline.document.Chunking.Structure(chunking.getStructure().getMaxTokens());
      case FIXED ->
          new dev.ragline.document.Chunking.Fixed(
              chunking.getFixed().getMaxTokens(), chunking.getFixed().getOverlapTokens());
      case SEPARATOR ->
          new dev.ragline.document.Chunking.Separator(chunking.getSeparator().getSeparator());
      case STRATEGY_NOT_SET -> dev.ragline.document.Chunking.DEFAULT;
    };
  }

  /** What a new corpus gets; the default where nothing is asked for. */
  static dev.ragline.document.Consistency fromProto(Consistency consistency) {
    dev.ragline.document.Consistency asked = RetrievalMapping.fromProto(consistency);
    return asked == null ? dev.ragline.document.Consistency.SESSION : asked;
  }

  /** When it answers; what suits most where nothing is asked for. */
  static dev.ragline.document.GroundingSettings fromProto(GroundingSettings grounding) {
    return grounding.hasThreshold()
        ? new dev.ragline.document.GroundingSettings(grounding.getThreshold())
        : dev.ragline.document.GroundingSettings.DEFAULT;
  }

  /** What a new corpus is in; null to find it out of each document. */
  static @Nullable Language language(String tag) {
    return tag.isEmpty() || tag.equals(AUTO)
        ? null
        : Fields.at("language", () -> Language.parse(tag));
  }

  static dev.ragline.document.Metric fromProto(Metric metric) {
    return switch (metric) {
      case METRIC_COSINE -> dev.ragline.document.Metric.COSINE;
      case METRIC_L2 -> dev.ragline.document.Metric.L2;
      case METRIC_UNSPECIFIED, METRIC_IP, UNRECOGNIZED -> dev.ragline.document.Metric.IP;
    };
  }
}
