package dev.ragline.server.grpc;

import com.google.protobuf.util.Durations;
import dev.ragline.document.CorpusId;
import dev.ragline.retrieval.Fusion.Evidence;
import dev.ragline.retrieval.Fusion.ReciprocalRank;
import dev.ragline.retrieval.Fusion.Weighted;
import dev.ragline.retrieval.Rerank;
import dev.ragline.retrieval.RetrievalSpec.Mode;
import dev.ragline.retrieval.Scores;
import dev.ragline.store.Freshness;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.Fusion;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.Stage;
import dev.ragline.v1.Warning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to retrieve, from the wire; what was retrieved, to it. */
final class RetrievalMapping {
  private RetrievalMapping() {}

  static dev.ragline.retrieval.RetrievalSpec fromProto(RetrievalSpec spec) {
    dev.ragline.retrieval.RetrievalSpec defaults = dev.ragline.retrieval.RetrievalSpec.DEFAULT;
    return new dev.ragline.retrieval.RetrievalSpec(
            spec.getLimit() == 0 ? defaults.limit() : spec.getLimit(),
            fromProto(spec.getMode()),
            spec.getCandidates() == 0 ? defaults.candidates() : spec.getCandidates(),
            fromProto(spec.getFusion()),
            new Freshness(fromProto(spec.getConsistency()), spec.getConsistencyToken()))
        .filtered(spec.getFilter())
        .withTransforms(TransformMapping.transforms(spec))
        .withSelection(SelectionMapping.fromProto(spec.getSelection()))
        .withExpansion(spec.hasExpansion() ? SelectionMapping.fromProto(spec.getExpansion()) : null)
        .withRerank(fromProto(spec.getRerank()))
        .withExplain(spec.getExplain());
  }

  private static Rerank fromProto(dev.ragline.v1.Rerank rerank) {
    Rerank.Mode mode =
        switch (rerank.getMode()) {
          case RERANK_MODE_OFF -> Rerank.Mode.OFF;
          case RERANK_MODE_OPTIONAL -> Rerank.Mode.OPTIONAL;
          case RERANK_MODE_REQUIRED -> Rerank.Mode.REQUIRED;
          case RERANK_MODE_UNSPECIFIED, UNRECOGNIZED -> Rerank.DEFAULT.mode();
        };
    int candidates = rerank.getCandidates();
    return new Rerank(mode, candidates == 0 ? Rerank.DEFAULT.candidates() : candidates);
  }

  private static Mode fromProto(RetrievalMode mode) {
    return switch (mode) {
      case RETRIEVAL_MODE_DENSE -> Mode.DENSE;
      case RETRIEVAL_MODE_LEXICAL -> Mode.LEXICAL;
      case RETRIEVAL_MODE_UNSPECIFIED, RETRIEVAL_MODE_HYBRID, UNRECOGNIZED -> Mode.HYBRID;
    };
  }

  /** The level asked for; null where none is. */
  static dev.ragline.document.@Nullable Consistency fromProto(Consistency consistency) {
    return switch (consistency) {
      case CONSISTENCY_STRONG -> dev.ragline.document.Consistency.STRONG;
      case CONSISTENCY_SESSION -> dev.ragline.document.Consistency.SESSION;
      case CONSISTENCY_BOUNDED -> dev.ragline.document.Consistency.BOUNDED;
      case CONSISTENCY_EVENTUAL -> dev.ragline.document.Consistency.EVENTUAL;
      case CONSISTENCY_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  private static dev.ragline.retrieval.Fusion fromProto(Fusion fusion) {
    return switch (fusion.getMethodCase()) {
      case WEIGHTED ->
          fusion.getWeighted().hasDenseWeight()
              ? new Weighted(fusion.getWeighted().getDenseWeight())
              : Weighted.DEFAULT;
      case RECIPROCAL_RANK ->
          fusion.getReciprocalRank().getK() == 0
              ? ReciprocalRank.DEFAULT
              : new ReciprocalRank(fusion.getReciprocalRank().getK());
      case EVIDENCE -> evidence(fusion.getEvidence().getCandidates());
      case METHOD_NOT_SET -> Evidence.DEFAULT;
    };
  }

  private static Evidence evidence(int candidates) {
    return candidates == 0 ? Evidence.DEFAULT : new Evidence(candidates);
  }

  static List<Passage> passages(CorpusId corpus, List<dev.ragline.retrieval.Passage> passages) {
    return passages.stream().map(passage -> toProto(corpus, passage)).toList();
  }

  private static Passage toProto(CorpusId corpus, dev.ragline.retrieval.Passage passage) {
    Scores scores = passage.scores();
    Passage.Builder proto =
        Passage.newBuilder()
            .setRank(passage.rank())
            .setChunk(DocumentMapping.toProto(corpus, passage.chunk()))
            .setDocument(DocumentMapping.toProto(corpus, passage.document()))
            .setFusedScore(scores.fused());
    if (scores.dense() != null) {
      proto.setDenseScore(scores.dense());
    }
    if (scores.lexical() != null) {
      proto.setLexicalScore(scores.lexical());
    }
    if (scores.evidence() != null) {
      proto.setEvidence(toProto(scores.evidence()));
    }
    if (scores.rerank() != null) {
      proto.setRerankScore(scores.rerank());
    }
    SelectionMapping.add(corpus, passage, proto);
    return proto.build();
  }

  static dev.ragline.v1.Evidence toProto(dev.ragline.retrieval.Evidence evidence) {
    return dev.ragline.v1.Evidence.newBuilder()
        .setPassage(evidence.passage())
        .setSentence(evidence.sentence())
        .setLexical(evidence.lexical())
        .setWords(evidence.words())
        .setPhrases(evidence.phrases())
        .build();
  }

  static List<Warning> warnings(List<dev.ragline.document.Warning> warnings) {
    return warnings.stream().map(RetrievalMapping::warning).toList();
  }

  static Warning warning(dev.ragline.document.Warning warning) {
    return Warning.newBuilder().setCode(warning.code()).setMessage(warning.message()).build();
  }

  static List<Stage> stages(List<dev.ragline.document.Stage> stages) {
    return stages.stream()
        .map(
            stage ->
                Stage.newBuilder()
                    .setName(stage.name())
                    .setElapsed(Durations.fromNanos(stage.elapsed().toNanos()))
                    .setDetail(stage.detail())
                    .build())
        .toList();
  }
}
